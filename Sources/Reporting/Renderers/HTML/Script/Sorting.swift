/// Tables sort by a column on a click or a key: numbers by value and before words, what is missing last either way.
enum Sorting {
  static let text = """
    {
      const key = function (row, column) {
        const cell = row.cells[column];
        const value = cell.dataset.value;
        return value === undefined ? { text: cell.textContent.trim() } : { number: Number(value) };
      };
      const isNumber = function (key) { return key.number !== undefined; };
      const compare = function (a, b) {
        if (isNumber(a) !== isNumber(b)) { return isNumber(a) ? -1 : 1; }
        return isNumber(a) ? a.number - b.number : a.text.localeCompare(b.text, "en", { numeric: true });
      };
      const sort = function (table, heading, column) {
        const descends = heading.getAttribute("aria-sort") === "ascending";
        const rows = Array.from(table.tBodies[0].rows, function (row) { return { row, key: key(row, column) }; });
        rows.sort(function (a, b) {
          const turned = descends && isNumber(a.key) === isNumber(b.key);
          return turned ? compare(b.key, a.key) : compare(a.key, b.key);
        });
        for (const other of heading.parentNode.cells) { other.setAttribute("aria-sort", "none"); }
        heading.setAttribute("aria-sort", descends ? "descending" : "ascending");
        table.tBodies[0].append(...rows.map(function (each) { return each.row; }));
      };
      for (const table of document.querySelectorAll("table")) {
        if (table.tBodies[0].rows.length < 2) { continue; }
        headings(table).forEach(function (heading, column) {
          const button = make("button", { type: "button", title: "Sort by this column" }, ...heading.childNodes);
          button.addEventListener("click", function () { sort(table, heading, column); });
          heading.setAttribute("aria-sort", "none");
          heading.append(button);
        });
      }
    }

    """
}
