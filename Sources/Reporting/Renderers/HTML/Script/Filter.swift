/// A reader narrows tables and figures down to some datasets, methods, readings or tiers; the page says what is left out,
/// and the address keeps the choice.
enum Filter {
  static let text = """
    {
      const facets = ["dataset", "method", "reading", "tier"];
      const tables = Array.from(document.querySelectorAll("main .table"));
      const galleries = Array.from(document.querySelectorAll("main .figures"));
      const about = facets.map(function (facet) { return "[data-" + facet + "]"; }).join();
      const rows = Array.from(document.querySelectorAll("main tbody tr")).filter(function (row) { return row.matches(about); });
      const figures = Array.from(document.querySelectorAll("main figure")).filter(function (figure) { return figure.matches(about); });

      const boxes = [];
      const count = make("strong", { role: "status" });
      const clear = make("button", { type: "button", textContent: "Show all", hidden: true });
      const choices = make("div", { className: "choices" });
      const bar = make("details", { className: "filter" }, make("summary", {}, "Filter: ", count), choices);

      const addFacet = function (facet) {
        const values = new Set();
        for (const element of document.querySelectorAll("main [data-" + facet + "]")) {
          for (const value of element.dataset[facet].split(" ")) { values.add(value); }
        }
        if (values.size < 2) { return; }
        const set = make("fieldset", {}, make("legend", { textContent: facet }));
        for (const value of Array.from(values).sort()) {
          const box = make("input", { type: "checkbox", name: facet, value });
          boxes.push(box);
          set.append(make("label", {}, box, value));
        }
        choices.append(set);
      };

      const chosen = function (facet) {
        return boxes.filter(function (box) { return box.checked && box.name === facet; }).map(function (box) { return box.value; });
      };
      const fits = function (element, choice) {
        return facets.every(function (facet) {
          const own = element.dataset[facet];
          if (own === undefined || choice[facet].length === 0) { return true; }
          return own.split(" ").some(function (value) { return choice[facet].includes(value); });
        });
      };
      const shown = function (elements) { return elements.filter(function (element) { return !element.hidden; }).length; };
      const share = function (elements, word) { return shown(elements) + " of " + elements.length + " " + word; };

      const say = function (place, lists) {
        const narrowed = lists.filter(function (list) { return shown(list.elements) !== list.elements.length; });
        let note = place.querySelector(":scope > .narrowed");
        if (narrowed.length === 0) { if (note) { note.remove(); } return; }
        if (!note) {
          note = make("p", { className: "narrowed" });
          place.prepend(note);
        }
        note.textContent = "Filtered: " + narrowed.map(function (list) { return share(list.elements, list.word); }).join(", ") + ".";
      };

      // A group spans those of its columns that are shown.
      const narrowGroups = function (groups, columns) {
        let first = 0;
        for (const group of groups.cells) {
          group.dataset.width = group.dataset.width || group.colSpan;
          const left = shown(columns.slice(first, first + Number(group.dataset.width)));
          first += Number(group.dataset.width);
          group.hidden = left === 0;
          group.colSpan = Math.max(1, left);
        }
      };
      const narrowTable = function (place, choice) {
        const table = place.querySelector("table");
        const columns = headings(table);
        const body = Array.from(table.tBodies[0].rows);
        columns.forEach(function (heading, column) {
          const hidden = !fits(heading, choice);
          if (heading.hidden === hidden) { return; }
          heading.hidden = hidden;
          for (const row of body) { row.cells[column].hidden = hidden; }
        });
        if (table.tHead.rows.length > 1) { narrowGroups(table.tHead.rows[0], columns); }
        for (const row of body) { row.hidden = !fits(row, choice); }
        say(place, [{ elements: body, word: "rows" }, { elements: columns, word: "columns" }]);
      };
      const narrowGallery = function (place, choice) {
        const own = Array.from(place.querySelectorAll("figure"));
        for (const figure of own) { figure.hidden = !fits(figure, choice); }
        say(place, [{ elements: own, word: "figures" }]);
      };

      const apply = function () {
        const choice = Object.fromEntries(facets.map(function (facet) { return [facet, chosen(facet)]; }));
        for (const place of tables) { narrowTable(place, choice); }
        for (const place of galleries) { narrowGallery(place, choice); }
        const parts = [[rows, "rows"], [figures, "figures"]].filter(function (part) { return part[0].length > 0; });
        count.textContent = parts.map(function (part) { return share(...part); }).join(", ");
        clear.hidden = !boxes.some(function (box) { return box.checked; });
        bar.classList.toggle("active", !clear.hidden);
      };
      const remember = function () {
        const query = facets.filter(function (facet) { return chosen(facet).length > 0; }).map(function (facet) {
          return [facet, chosen(facet).join(" ")];
        });
        address.replace(address.place, new URLSearchParams(query));
      };
      // A link to a place keeps the filter; an address with a filter of its own brings that.
      const recall = function () {
        const filter = address.filter;
        if (!filter) { if (!clear.hidden) { remember(); } return; }
        for (const box of boxes) { box.checked = (filter.get(box.name) || "").split(" ").includes(box.value); }
        apply();
      };
      const unfilter = function () {
        for (const box of boxes) { box.checked = false; }
        apply();
        remember();
      };

      facets.forEach(addFacet);
      if (boxes.length > 0) {
        choices.append(clear);
        document.querySelector("main").prepend(bar);
        bar.addEventListener("change", function () { apply(); remember(); });
        clear.addEventListener("click", function () { unfilter(); boxes[0].focus(); });
        document.addEventListener("unfilter", unfilter);
        window.addEventListener("hashchange", recall);
        apply();
        recall();
      }
    }

    """
}
