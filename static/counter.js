// Tells how many characters are left; the limit is said and checked without it as well.
for (const field of document.querySelectorAll("textarea[data-most]")) {
  const told = field.parentElement.querySelector(".counter");
  let waiting;
  const count = () => {
    const left = field.dataset.most - [...field.value].length;
    const words = left < 0 ? told.dataset.over : told.dataset.left;
    told.textContent = words.replace("{}", Math.abs(left));
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, 500); // a screen reader hears it when the typing rests
  });
  count();
}
