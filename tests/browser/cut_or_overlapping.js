() => {
  const wrong = [];
  const shown = (box) => box.width > 0 && box.height > 0;
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].filter((text) => shown(text.getBoundingClientRect()));
    const boxes = texts.map((text) => text.getBoundingClientRect());
    boxes.forEach((one, index) => {
      if (one.left < frame.left - 2 || one.right > frame.right + 2 || one.top < frame.top - 2 || one.bottom > frame.bottom + 2)
        wrong.push(`cut: ${texts[index].textContent}`);
      for (let next = index + 1; next < boxes.length; next += 1) {
        const other = boxes[next];
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (wide > 1.5 && high > one.height * 0.35) wrong.push(`overlap: ${texts[index].textContent} / ${texts[next].textContent}`);
      }
    });
  }
  for (const one of document.querySelectorAll("main *")) {
    const look = getComputedStyle(one);
    const hides = look.overflowX === "hidden" || look.textOverflow === "ellipsis";
    if (hides && !one.classList.contains("unseen") && one.scrollWidth > one.clientWidth + 1) wrong.push(`hidden: ${one.textContent.trim().slice(0, 40)}`);
  }
  return wrong;
}
