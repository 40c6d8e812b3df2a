import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { AllowedToolbar } from "./AllowedToolbar";

afterEach(() => {
  document.body.innerHTML = "";
});

const draw = () => {
  document.body.insertAdjacentHTML("beforeend", '<nav aria-orientation="horizontal"></nav>');
};

test("the bar on a phone says nothing that ARIA does not allow, also when it is drawn later", () => {
  draw();
  render(<AllowedToolbar />);
  expect(screen.getByRole("navigation")).not.toHaveAttribute("aria-orientation");
  screen.getByRole("navigation").remove();
  draw();
  act(() => {
    window.innerWidth = 390;
    window.dispatchEvent(new Event("resize"));
  });
  expect(screen.getByRole("navigation")).not.toHaveAttribute("aria-orientation");
});
