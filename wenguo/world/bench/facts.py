"""Facts of made-up complaints in the engine's own language: what `lake.schema` wants to know of them, at random.

`PREPARE` takes `first`, `end` and `month`; the tables units, products, issues, causes and channels number what there
is to draw from. One complaint in thirty-three is open; nine in ten deadlines are met.
"""

_DRAWN = "CAST(floor(random() * (SELECT count(*) FROM {table})) AS BIGINT)"


def _draw(table: str) -> str:
    return _DRAWN.format(table=table)


PREPARE = f"""
CREATE TABLE drawn AS
SELECT complaint, received_at, is_open, chance, unit_number, product_number, issue_number, cause_number, channel_number,
       received_at + to_seconds(CAST(3600 * (30 + 200 * chance) AS BIGINT)) AS handled_at
FROM (
    SELECT range AS complaint,
           CAST($month AS TIMESTAMP) - INTERVAL 8 HOUR
               + to_seconds(CAST(random() * 86400 * date_diff('day', $month, $month + INTERVAL 1 MONTH) AS BIGINT))
               AS received_at,
           random() < 0.03 AS is_open, random() AS chance,
           {_draw("units")} AS unit_number, {_draw("products")} AS product_number, {_draw("issues")} AS issue_number,
           {_draw("causes")} AS cause_number, {_draw("channels")} AS channel_number
    FROM range($first, $end)
)
"""  # noqa: S608 - names of our own
FACTS = {
    "complaint": """
        SELECT complaint, complaint AS seq, 'live' AS source, '' AS source_system,
               CASE WHEN is_open THEN 'cause' ELSE 'supervise' END AS stage,
               CASE WHEN is_open THEN 'open' ELSE 'closed' END AS status,
               CASE WHEN chance < 0.7 THEN 'ordinary' WHEN chance < 0.95 THEN 'major' ELSE 'complex' END AS importance,
               CASE WHEN is_open THEN '' ELSE 'satisfied' END AS ended_as,
               received_at, received_at AS entered_at, received_at + INTERVAL 2 HOUR AS first_answer_at,
               CASE WHEN NOT is_open THEN handled_at END AS handled_at,
               CASE WHEN NOT is_open THEN handled_at + INTERVAL 3 DAY END AS ended_at,
               complaint AS customer, chance < 0.1 AS is_key_customer,
               h.node AS channel, h.path AS channel_path, p.node AS product, p.path AS product_path,
               i.node AS issue, i.path AS issue_path, a.node AS cause, a.path AS cause_path,
               u.unit, u.unit_path, u.province,
               chance < 0.05 AS is_urgent, chance < 0.02 AS is_safety, false AS is_vulnerable, false AS is_disputed,
               false AS is_anonymous, chance < 0.8 AS is_upheld, chance < 0.9 AS reply_accepted,
               CASE WHEN chance < 0.3 THEN 5 WHEN chance < 0.36 THEN 3 END AS satisfaction,
               1 AS round, CAST(chance < 0.1 AS BIGINT) AS chased, CAST(chance < 0.02 AS BIGINT) AS reopened,
               false AS is_merged, chance < 0.25 AS at_first_contact, false AS is_reweighed,
               0 AS misdispatched, 0 AS replies_refused, CAST(600 * chance AS BIGINT) AS contact_seconds,
               CAST(20000 * chance AS BIGINT) AS compensation, CAST(30000 * chance AS BIGINT) AS cost
        FROM drawn JOIN units AS u ON u.number = unit_number JOIN products AS p ON p.number = product_number
        JOIN issues AS i ON i.number = issue_number JOIN causes AS a ON a.number = cause_number
        JOIN channels AS h ON h.number = channel_number
    """,
    "clock": """
        SELECT complaint, complaint AS seq, complaint * 10 + k AS clock, rule, 1 AS rule_version, stage,
               'company' AS duty_holder, 'live' AS source, received_at AS started_at,
               received_at + to_hours(CAST(due AS INTEGER)) AS due_at,
               CASE WHEN k = 1 AND chance > 0.9 THEN 'missed' WHEN is_open AND k > 0 THEN 'running' ELSE 'met' END
                   AS state,
               CASE WHEN NOT (is_open AND k > 0) THEN received_at + to_hours(CAST(due * 1.2 * chance AS INTEGER)) END
                   AS stopped_at,
               0 AS extended_by
        FROM drawn, (VALUES (0, 'company.ack', 'accept', 24), (1, 'company.whole', '', 216),
                            (2, 'company.stage.cause', 'cause', 72)) AS r(k, rule, stage, due)
    """,
    "event": """
        SELECT complaint, complaint * 20 + step AS seq, name AS event, received_at + to_hours(CAST(step * 8 AS INTEGER))
               AS at, 1 + complaint % 40 AS actor, begin AS from_stage, until AS to_stage, 'open' AS from_status,
               'open' AS to_status, 3600 * 8 AS stage_seconds
        FROM drawn, (VALUES (0, 'submit', NULL, NULL), (1, 'accept', 'accept', 'validity'),
            (2, 'judge_valid', 'validity', 'classify'), (3, 'classify', 'classify', 'importance'),
            (4, 'set_importance', 'importance', 'assign'), (5, 'take_on', 'assign', 'cause'),
            (6, 'finish_cause', 'cause', 'resolve'), (7, 'decide', 'resolve', 'feed_back'),
            (8, 'handle', 'feed_back', 'call_back'), (9, 'close', 'call_back', 'improve'))
            AS s(step, name, begin, until)
        WHERE NOT is_open OR step < 6
    """,
    "survey": """
        SELECT complaint, complaint AS seq, 'call_back' AS way, 1 AS round, 1 AS number, 'done' AS state,
               handled_at AS asked_at, handled_at + INTERVAL 2 DAY AS answered_at,
               CASE WHEN chance < 0.3 THEN 5 ELSE 3 END AS handling, 4 AS result, 4 AS product, true AS is_solved
        FROM drawn WHERE NOT is_open AND chance < 0.36
    """,
    "action": """
        SELECT complaint, complaint AS seq, complaint AS action, 'remedy' AS what, '/repair/' AS label,
               handled_at AS at, handled_at + INTERVAL 5 DAY AS promised_at, handled_at + INTERVAL 4 DAY AS done_at,
               CAST(20000 * chance AS BIGINT) AS amount
        FROM drawn WHERE NOT is_open AND chance < 0.8
    """,
}
