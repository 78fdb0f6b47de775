/// Each picture opens as large as the window: by its button or a click, arrows lead to its neighbours, Escape back.
enum Lightbox {
  static let text = """
    {
      const stage = make("div", { className: "stage" });
      const words = make("p", { id: "lightbox-words" });
      const count = make("span", { className: "count" });
      const control = function (sign, name, action) {
        const button = make("button", { type: "button", textContent: sign, title: name, ariaLabel: name });
        button.addEventListener("click", action);
        return button;
      };
      const dialog = make("dialog", { className: "lightbox" });
      const previous = control("\\u2190", "Previous picture", function () { step(-1); });
      const next = control("\\u2192", "Next picture", function () { step(1); });
      const close = control("\\u00d7", "Close", function () { dialog.close(); });
      dialog.setAttribute("aria-labelledby", words.id);
      dialog.append(make("div", { className: "bar" }, words, count, previous, next, close), stage);

      const figures = Array.from(document.querySelectorAll("main figure")).filter(function (figure) {
        return figure.querySelector(":scope > img, :scope > svg");
      });
      let current = null;
      // The copy has no ids, which the page has already; the caption names it.
      const copy = function (picture) {
        const large = picture.cloneNode(true);
        for (const element of [large, ...large.querySelectorAll("[id]")]) { element.removeAttribute("id"); }
        large.setAttribute("aria-labelledby", words.id);
        large.removeAttribute("width");
        large.removeAttribute("height");
        return large;
      };
      const show = function (figure) {
        const shown = figures.filter(function (each) { return !each.hidden; });
        current = figure;
        stage.replaceChildren(copy(figure.querySelector(":scope > img, :scope > svg")));
        words.textContent = figure.querySelector("figcaption").textContent;
        count.textContent = (shown.indexOf(figure) + 1) + " of " + shown.length;
        previous.disabled = figure === shown[0];
        next.disabled = figure === shown[shown.length - 1];
      };
      const step = function (way) {
        const shown = figures.filter(function (each) { return !each.hidden; });
        const neighbour = shown[shown.indexOf(current) + way];
        if (neighbour) { show(neighbour); }
      };
      const open = function (figure) {
        show(figure);
        dialog.showModal();
        close.focus();
      };

      dialog.addEventListener("keydown", function (event) {
        if (event.key === "ArrowLeft") { step(-1); }
        if (event.key === "ArrowRight") { step(1); }
      });
      dialog.addEventListener("click", function (event) { if (event.target === dialog) { dialog.close(); } });
      dialog.addEventListener("close", function () {
        stage.replaceChildren();
        for (let fold = current.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
        current.querySelector(".enlarge").focus();
      });
      for (const figure of figures) {
        const picture = figure.querySelector(":scope > img, :scope > svg");
        const name = "Enlarge: " + figure.querySelector("figcaption").textContent;
        const button = make("button", { type: "button", className: "enlarge", textContent: "\\u2922", title: "Enlarge", ariaLabel: name });
        button.addEventListener("click", function () { open(figure); });
        picture.addEventListener("click", function () { open(figure); });
        picture.after(button);
      }
      if (figures.length > 0) { document.body.append(dialog); }
    }

    """
}
