"""The icons, drawn on a 24-unit grid with a round pen. One name, one meaning, everywhere."""

FALLBACK = "dot"

ICONS: dict[str, str] = {
    # places
    "home": '<path d="M4 11 12 4l8 7"/><path d="M6 9.5V20h12V9.5"/><path d="M10 20v-5h4v5"/>',
    "inbox": '<path d="M4 13 6.5 5h11L20 13v6H4z"/><path d="M4 13h5l1.2 2.5h3.6L15 13h5"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11"/><path class="solid" d="M4 5h2v2H4zM4 11h2v2H4zM4 17h2v2H4z"/>',
    "grid": '<path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z"/>',
    "phone": '<path d="M5 4h4l1.8 4.6-2.3 1.7a12 12 0 0 0 5.2 5.2l1.7-2.3L20 15v4a1.5 1.5 0 0 1-1.6 1.5'
    'A15.5 15.5 0 0 1 3.5 5.6 1.5 1.5 0 0 1 5 4z"/>',
    "chart": '<path d="M4 4v16h16"/><path d="M8 16v-4M12 16V8M16 16v-6"/>',
    "trend": '<path d="m3 17 6-6 4 4 8-8"/><path d="M15 7h6v6"/>',
    "target": '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/>'
    '<circle class="solid" cx="12" cy="12" r="1.2"/>',
    "book": '<path d="M12 6.5C10 5 7 4.5 4 4.5V18c3 0 6 .5 8 2 2-1.5 5-2 8-2V4.5c-3 0-6 .5-8 2z"/>'
    '<path d="M12 6.5V20"/>',
    "bulb": '<path d="M9 17.5a6.5 6.5 0 1 1 6 0V19H9z"/><path d="M10 22h4"/>',
    "spark": '<path d="M12 3c.6 5 3 7.5 8 8.5-5 1-7.4 3.5-8 9.5-.6-6-3-8.5-8-9.5 5-1 7.4-3.5 8-8.5z"/>',
    "wrench": '<path d="M14.5 6.5a4.5 4.5 0 0 1 5.8-1.7l-3 3 1.9 1.9 3-3a4.5 4.5 0 0 1-6.2 5.3L8 20'
    'a2.1 2.1 0 0 1-3-3l7.7-7.7a4.5 4.5 0 0 1 1.8-2.8z"/>',
    "heart": '<path d="M12 20s-7.5-4.6-8.5-9.7C2.8 6.7 5.3 4.5 7.8 4.5c1.8 0 3.3 1 4.2 2.6.9-1.6 2.4-2.6 '
    '4.2-2.6 2.5 0 5 2.2 4.3 5.8C19.5 15.4 12 20 12 20z"/>',
    "gear": '<circle cx="12" cy="12" r="3"/><path d="M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9'
    ' 18 18M6 18l2.1-2.1M15.9 8.1 18 6"/>',
    "map": '<path d="M3.5 6.5 9 4l6 2.5L20.5 4v13.5L15 20l-6-2.5L3.5 20z"/><path d="M9 4v13.5M15 6.5V20"/>',
    "pin": '<path d="M12 21s7-6.3 7-11.5a7 7 0 0 0-14 0C5 14.7 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17z"/>',
    "building": '<path d="M5 20.5V4h9v16.5M14 9.5h5v11M3 20.5h18"/><path d="M8 8h3M8 12h3M8 16h3"/>',
    "branch": '<circle cx="6" cy="6" r="2"/><circle cx="6" cy="18" r="2"/><circle cx="18" cy="9" r="2"/>'
    '<path d="M6 8v8M18 11c0 4-6 3-10.5 5.7"/>',
    "sitemap": '<path d="M9.5 4h5v4h-5zM3.5 16h5v4h-5zM15.5 16h5v4h-5z"/><path d="M12 8v4M6 16v-4h12v4"/>',
    "book-open": '<path d="M12 6.5C10 5 7 4.5 4 4.5V18c3 0 6 .5 8 2 2-1.5 5-2 8-2V4.5c-3 0-6 .5-8 2z"/>',
    "graduation": '<path d="m2.5 9.5 9.5-4.5 9.5 4.5L12 14z"/><path d="M6.5 11.5V16c3 2.5 8 2.5 11 0v-4.5"/>',
    # people
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>',
    "users": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.6-3.7 3.2-5.5 6.5-5.5s5.9 1.8 6.5 5.5"/>'
    '<path d="M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.8c2.2.6 3.6 2.4 4 5.2"/>',
    "user-check": '<circle cx="10" cy="8" r="4"/><path d="M2.5 20.5c.8-4 3.8-6 7.5-6 1.6 0 3 .4 4.2 1.1"/>'
    '<path d="m15 18.5 2.2 2.2 4.3-4.4"/>',
    "headset": '<path d="M4.5 14v-2a7.5 7.5 0 0 1 15 0v2"/><path d="M4.5 13.5h3V19h-3zM16.5 13.5h3V19h-3z"/>'
    '<path d="M19.5 19c0 1.5-2 2.5-5.5 2.5"/>',
    "smile": '<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14c1.7 2.5 5.3 2.5 7 0"/><path d="M9 9.5v.5M15 9.5v.5"/>',
    "frown": '<circle cx="12" cy="12" r="8.5"/><path d="M8.5 16c1.7-2.5 5.3-2.5 7 0"/><path d="M9 9.5v.5M15 9.5v.5"/>',
    # time
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8 3.5V8M16 3.5V8"/>',
    "history": '<path d="M4 12a8.5 8.5 0 1 0 2.7-6.2L4 8.3"/><path d="M4 3.8v4.5h4.5M12 7.5V12l3 2"/>',
    "hourglass": '<path d="M6 3.5h12M6 20.5h12M7.5 3.5c0 5 4.5 5.5 4.5 8.5s-4.5 3.5-4.5 8.5M16.5 3.5'
    'c0 5-4.5 5.5-4.5 8.5s4.5 3.5 4.5 8.5"/>',
    "pause": '<path d="M8.5 5.5v13M15.5 5.5v13"/>',
    "play": '<path d="M8 5v14l11-7z"/>',
    "stop": '<path d="M6 6h12v12H6z"/>',
    "snooze": '<circle cx="12" cy="13" r="7.5"/><path d="M9.5 10.5h5l-5 5h5M4 5l3-2M20 5l-3-2"/>',
    # state
    "dot": '<circle class="solid" cx="12" cy="12" r="4"/>',
    "circle": '<circle cx="12" cy="12" r="8.5"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19.5 7"/>',
    "check-circle": '<circle cx="12" cy="12" r="8.5"/><path d="m8.3 12.3 2.6 2.6 4.8-5"/>',
    "x": '<path d="m6 6 12 12M18 6 6 18"/>',
    "x-circle": '<circle cx="12" cy="12" r="8.5"/><path d="m9 9 6 6M15 9l-6 6"/>',
    "alert": '<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5M12 17v.3"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.7V8"/>',
    "question": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.7a2.5 2.5 0 1 1 3.7 2.2c-.8.4-1.2 1-1.2 2.1'
    'M12 16.7v.3"/>',
    "flag": '<path d="M6 21V4M6 5c4-2.5 8 2.5 12.5 0v9c-4.5 2.5-8.5-2.5-12.5 0"/>',
    "diamond": '<path d="m12 3.5 8.5 8.5-8.5 8.5L3.5 12z"/>',
    "bolt": '<path d="M13 3 5 13.5h6L10.5 21 19 10h-6.5z"/>',
    "shield": '<path d="M12 3.5 4.5 6v6c0 4.5 3 7.5 7.5 9 4.5-1.5 7.5-4.5 7.5-9V6z"/>',
    "shield-check": '<path d="M12 3.5 4.5 6v6c0 4.5 3 7.5 7.5 9 4.5-1.5 7.5-4.5 7.5-9V6z"/>'
    '<path d="m8.7 12 2.4 2.4 4.4-4.5"/>',
    "star": '<path d="m12 3.8 2.5 5.3 5.8.8-4.2 4 1 5.7-5.1-2.8-5.1 2.8 1-5.7-4.2-4 5.8-.8z"/>',
    "bell": '<path d="M6.5 17v-6a5.5 5.5 0 0 1 11 0v6l1.5 1.5H5zM10 21h4"/>',
    "lock": '<path d="M5.5 11h13v9.5h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "unlock": '<path d="M5.5 11h13v9.5h-13zM8.5 11V8a3.5 3.5 0 0 1 6.8-1.2"/>',
    "key": '<circle cx="8" cy="15.5" r="4.5"/><path d="m11.3 12.3 8.2-8.3M16 7.5l3 3M13.5 10l2 2"/>',
    "eye": '<path d="M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "eye-off": '<path d="M5.5 7.5c-1.1 1-2.1 2.5-3 4.5 2.5 4.5 5.7 6.5 9.5 6.5 1.5 0 3-.3 4.3-1M9.5 5.8c.8-.2 1.6-.3'
    ' 2.5-.3 3.8 0 7 2 9.5 6.5-.6 1.2-1.3 2.2-2.1 3.1M4 4l16 16"/>',
    "wifi-off": '<path d="M4 4l16 16M8.5 15a5 5 0 0 1 6.5-.3M5 11.5a10 10 0 0 1 4-2.3M14 8.7a10 10 0 0 1 5 2.8'
    'M12 19v.3"/>',
    # doing
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "edit": '<path d="M4 20h4.5L20 8.5 15.5 4 4 15.5zM13 6.5l4.5 4.5"/>',
    "trash": '<path d="M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5 7.5 20h9l1-13.5M10 10.5v6M14 10.5v6"/>',
    "copy": '<path d="M8.5 8.5H20V20H8.5z"/><path d="M15.5 8.5V4H4v11.5h4.5"/>',
    "filter": '<path d="M4 5h16l-6.2 7.5V18l-3.6 2v-7.5z"/>',
    "sort": '<path d="M8 5v14M8 19l-3.5-3.5M8 19l3.5-3.5M16 19V5M16 5l-3.5 3.5M16 5l3.5 3.5"/>',
    "columns": '<path d="M4 5h16v14H4zM9.3 5v14M14.7 5v14"/>',
    "download": '<path d="M12 4v11M7.5 11 12 15.5l4.5-4.5M4.5 19.5h15"/>',
    "upload": '<path d="M12 15.5v-11M7.5 9 12 4.5 16.5 9M4.5 19.5h15"/>',
    "printer": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L11.8 6.5"/>'
    '<path d="M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.3-1.3"/>',
    "external": '<path d="M18 13.5V20H4V6h6.5M14 4h6v6M20 4l-9.5 9.5"/>',
    "merge": '<path d="M6 4v3c0 4 6 4.5 6 9v4M18 4v3c0 4-6 4.5-6 9M8.5 17.5 12 21l3.5-3.5"/>',
    "split": '<path d="M12 21v-6c0-4.5-6-5-6-10M12 15c0-4.5 6-5 6-10M3 7.5 6 4l3 3.5M15 7.5 18 4l3 3.5"/>',
    "undo": '<path d="M8.5 5 4 9.5 8.5 14"/><path d="M4 9.5h10a5.5 5.5 0 0 1 0 11h-3"/>',
    "refresh": '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.3"/><path d="M20 4.5v4.8h-4.8"/>',
    "send": '<path d="M20.5 3.5 3.5 10.5l7 3 3 7z"/><path d="m20.5 3.5-10 10"/>',
    "reply": '<path d="M9.5 6 4 11.5 9.5 17"/><path d="M4 11.5h8c5 0 7.5 2.5 8 7.5"/>',
    "forward": '<path d="m14.5 6 5.5 5.5-5.5 5.5"/><path d="M20 11.5h-8c-5 0-7.5 2.5-8 7.5"/>',
    "note": '<path d="M5 4h14v10.5L13.5 20H5z"/><path d="M19 14.5h-5.5V20M8.5 8.5h7M8.5 12h4"/>',
    "chat": '<path d="M4 5h16v11.5h-9L6.5 20v-3.5H4z"/><path d="M8 9.5h8M8 12.5h5"/>',
    "mail": '<path d="M3.5 5.5h17v13h-17z"/><path d="m4 6.5 8 6.5 8-6.5"/>',
    "message": '<path d="M20 11.5c0 4-3.6 7-8 7-1.2 0-2.4-.2-3.4-.6L4 19.5l1.4-3.7A6.6 6.6 0 0 1 4 11.5c0-4 3.6-7 8-7'
    's8 3 8 7z"/>',
    "paperclip": '<path d="m19.5 11.5-7.8 7.8a4.8 4.8 0 0 1-6.8-6.8l8-8a3.2 3.2 0 0 1 4.5 4.5l-7.9 7.9'
    'a1.6 1.6 0 0 1-2.3-2.3l7.3-7.2"/>',
    "image": '<path d="M4 5h16v14H4z"/><circle cx="9" cy="10" r="1.5"/><path d="m4.5 18 5.5-5 3 2.5 3.5-4 3.5 4"/>',
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M14 3.5V8h4.5M9 12.5h6M9 16h6"/>',
    "folder": '<path d="M3.5 6h6l2 2.5h9V19h-17z"/>',
    "tag": '<path d="M4 4h8l8.5 8.5-8 8L4 12z"/><circle class="solid" cx="8.3" cy="8.3" r="1.3"/>',
    "task": '<path d="M5 4.5h14v15.5H5z"/><path d="m8.5 12 2.3 2.3 4.7-4.8"/>',
    "gavel": '<path d="m13 3.5 6 6-3 3-6-6zM12.5 9 5 16.5a1.8 1.8 0 0 0 2.5 2.5L15 11.5M12 20.5h8.5"/>',
    "scale": '<path d="M12 4v16M7 20h10M5 7l7-2 7 2M5 7l-3 7c1.5 2 4.5 2 6 0zM19 7l-3 7c1.5 2 4.5 2 6 0z"/>',
    "money": '<path d="m7 4 5 7 5-7M12 11v9M7.5 12.5h9M7.5 16h9"/>',
    "gift": '<path d="M4 9h16v4H4zM5.5 13v7.5h13V13M12 9v11.5M12 9C9 9 7 7.5 7.5 5.5 8 3.8 11 4 12 9c1-5 4-5.2 4.5-3.5'
    'C17 7.5 15 9 12 9z"/>',
    "camera": '<path d="M4 7.5h4L9.5 5h5L16 7.5h4V19H4z"/><circle cx="12" cy="13" r="3.5"/>',
    "qr": '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v6h-3M14 19.5v.5"/>',
    "logout": '<path d="M14 4H5v16h9M10 12h10.5M16.5 8l4 4-4 4"/>',
    "login": '<path d="M10 4h9v16h-9M3.5 12H14M10 8l4 4-4 4"/>',
    "command": '<path d="M9 9h6v6H9zM9 9V6.5A2.5 2.5 0 1 0 6.5 9zM15 9V6.5A2.5 2.5 0 1 1 17.5 9zM9 15v2.5'
    'A2.5 2.5 0 1 1 6.5 15zM15 15v2.5a2.5 2.5 0 1 0 2.5-2.5z"/>',
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "more": '<circle class="solid" cx="5.5" cy="12" r="1.5"/><circle class="solid" cx="12" cy="12" r="1.5"/>'
    '<circle class="solid" cx="18.5" cy="12" r="1.5"/>',
    "arrow-right": '<path d="M4 12h15M13.5 6.5 19 12l-5.5 5.5"/>',
    "arrow-left": '<path d="M20 12H5M10.5 6.5 5 12l5.5 5.5"/>',
    "arrow-up": '<path d="M12 20V5M6.5 10.5 12 5l5.5 5.5"/>',
    "arrow-down": '<path d="M12 4v15M6.5 13.5 12 19l5.5-5.5"/>',
    "chevron-down": '<path d="m6 9 6 6 6-6"/>',
    "chevron-up": '<path d="m6 15 6-6 6 6"/>',
    "chevron-right": '<path d="m9 6 6 6-6 6"/>',
    "chevron-left": '<path d="m15 6-6 6 6 6"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3 7 7M17 17l1.7 1.7'
    'M5.3 18.7 7 17M17 7l1.7-1.7"/>',
    "moon": '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>',
    "contrast": '<circle cx="12" cy="12" r="8.5"/><path class="solid" d="M12 3.5a8.5 8.5 0 0 1 0 17z"/>',
    "palette": '<path d="M12 3.5a8.5 8.5 0 0 0 0 17c1.5 0 2-1 1.6-2.2-.6-1.7.4-2.8 2-2.8h2.2c1.7 0 2.7-1.3 2.7-3.5'
    'A8.5 8.5 0 0 0 12 3.5z"/><path d="M7.5 12v.2M9.5 8v.2M14.5 8v.2"/>',
    "keyboard": '<path d="M3 6.5h18v11H3z"/><path d="M7 10v.2M11 10v.2M15 10v.2M17.5 10v.2M8 14h8"/>',
}
