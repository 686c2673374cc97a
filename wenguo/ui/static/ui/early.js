/* Before the first paint: scripts are on. */
document.documentElement.classList.add("js");
