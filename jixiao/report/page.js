(function () {
  "use strict";
  var page = document;
  var chosen = {};
  var search = page.querySelector(".search input");
  var all = page.querySelector(".count.all");
  var buttons = list("button[data-severity]");
  var sheets = list(".sheet").map(function (sheet) {
    var heading = sheet.querySelector("h3").textContent;
    var rows = list(".finding", sheet).map(function (row) {
      return {
        element: row,
        severity: row.getAttribute("data-severity"),
        text: plain(heading + " " + cellTexts(row))
      };
    });
    return { element: sheet, rows: rows };
  });
  var total = list(".finding").length;

  function list(selector, root) {
    return Array.prototype.slice.call((root || page).querySelectorAll(selector));
  }

  function cellTexts(row) {
    return list("td", row).map(function (cell) { return cell.textContent; }).join(" ");
  }

  function plain(text) {
    return (text.normalize ? text.normalize("NFKC") : text).toLowerCase();
  }

  function anyChosen() {
    return Object.keys(chosen).some(function (severity) { return chosen[severity]; });
  }

  function apply() {
    var words = plain(search.value).split(/\s+/).filter(Boolean);
    var everything = !anyChosen();
    var shown = 0;
    sheets.forEach(function (sheet) {
      var visible = 0;
      sheet.rows.forEach(function (row) {
        var fits = (everything || chosen[row.severity]) &&
          words.every(function (word) { return row.text.indexOf(word) !== -1; });
        row.element.hidden = !fits;
        visible += fits ? 1 : 0;
      });
      sheet.element.hidden = visible === 0;
      shown += visible;
    });
    all.setAttribute("aria-pressed", String(everything));
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(Boolean(chosen[button.getAttribute("data-severity")])));
    });
    page.querySelector(".shown").textContent = "显示 " + shown + " 条，共 " + total + " 条";
    page.querySelector(".nothing").hidden = shown > 0 || total === 0;
  }

  function showAll() {
    chosen = {};
    apply();
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      var severity = button.getAttribute("data-severity");
      chosen[severity] = !chosen[severity];
      apply();
    });
  });
  all.addEventListener("click", showAll);
  page.querySelector(".reset").addEventListener("click", function () {
    search.value = "";
    showAll();
    search.focus();
  });
  // While an input method is composing, the box holds half a word.
  search.addEventListener("input", function (event) {
    if (!event.isComposing) { apply(); }
  });
  search.addEventListener("compositionend", apply);

  page.documentElement.className = "scripted";
  page.querySelector(".tools").hidden = false;
  apply();
})();
