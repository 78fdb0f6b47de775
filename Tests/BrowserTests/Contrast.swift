/// The contrast of text by WCAG 2.2: (L₁ + 0.05) / (L₂ + 0.05) of the relative luminances.
enum Contrast {
  /// A script's expression: every visible text of the page whose contrast to the nearest ground behind it is lower.
  static func fainter(than ratio: Double) -> String {
    """
    (function () {
      const channels = colour => colour.match(/[\\d.]+/g).map(Number);
      const linear = share => share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      const luminance = colour => {
        const [red, green, blue] = channels(colour).map(channel => linear(channel / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const isOpaque = colour => { const alpha = channels(colour)[3]; return alpha === undefined || alpha === 1; };
      const ground = element => {
        for (let each = element; each; each = each.parentElement) {
          const colour = getComputedStyle(each).backgroundColor;
          if (isOpaque(colour)) { return colour; }
        }
        return "rgb(255, 255, 255)";
      };
      const faint = [];
      for (const element of document.querySelectorAll("body *")) {
        const words = Array.from(element.childNodes).filter(node => node.nodeType === Node.TEXT_NODE)
          .map(node => node.textContent.trim()).join("");
        if (!words || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) { continue; }
        const style = getComputedStyle(element);
        const ink = element instanceof SVGElement ? style.fill : style.color;
        if (["title", "desc", "script", "style"].includes(element.tagName.toLowerCase())) { continue; }
        const [high, low] = [luminance(ink), luminance(ground(element))].sort((a, b) => b - a);
        const contrast = (high + 0.05) / (low + 0.05);
        if (contrast < \(ratio)) { faint.push(words.slice(0, 40) + ": " + contrast.toFixed(2)); }
      }
      return faint;
    })()
    """
  }
}
