// Writes times in the reader's zone and in the language of the page. Without this
// script they say UTC.
(() => {
  "use strict";
  const page = document.documentElement.lang;
  // en-GB and en-US write dates differently; the browser knows which is meant.
  const language = navigator.languages.find((l) => l.split("-")[0] === page) ?? page;
  const day = new Intl.DateTimeFormat(language, { dateStyle: "long" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
  for (const time of document.querySelectorAll("time[data-local]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    time.title = time.textContent; // as the server wrote it
    time.textContent = (time.dataset.local === "day" ? day : moment).format(at);
  }
})();
