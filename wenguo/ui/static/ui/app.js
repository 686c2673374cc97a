/* Boot. Every page reads and submits without this file; what is here makes it quicker. */
import { startBulk } from "./bulk.js";
import { startCharts } from "./chart.js";
import { startComboboxes } from "./combobox.js";
import { startTicking } from "./countdown.js";
import { startDialogs } from "./dialog.js";
import { startDrafts } from "./drafts.js";
import { startPalette } from "./palette.js";
import { startParts } from "./parts.js";
import { startPolling } from "./poll.js";
import { startQueries } from "./query.js";
import { startShortcuts } from "./shortcuts.js";
import { startManners } from "./small.js";
import { startSnippets } from "./snippets.js";
import { startTheme } from "./theme.js";
import { startToasts } from "./toast.js";
import { startUploads } from "./upload.js";

const perPart = [startManners, startComboboxes, startDrafts, startUploads, startBulk, startCharts, startQueries, startParts];
const once = [startTheme, startToasts, startDialogs, startShortcuts, startPalette, startPolling, startTicking, startSnippets];

for (const start of [...perPart, ...once]) start();

/* parts that htmx or a dialog bring in later */
document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) for (const start of perPart) start(event.detail.elt); });
document.addEventListener("wenguo:content", (event) => { for (const start of perPart) start(event.detail); });
