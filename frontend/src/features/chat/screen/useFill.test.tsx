import "../testing/layout";
import { render, screen } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, expect, test } from "vitest";
import { useFill } from "./useFill";

function Fills() {
  const element = useRef<HTMLDivElement>(null);
  return <div ref={element}>{useFill(element)} px</div>;
}

afterEach(() => document.getElementById("bottom")?.remove());

test("a page fills the window down to the banner below", () => {
  const { unmount } = render(<Fills />);
  expect(screen.getByText(`${window.innerHeight} px`)).toBeVisible();
  unmount();
  const banner = document.createElement("div");
  banner.id = "bottom";
  Object.defineProperty(banner, "offsetHeight", { value: 28 });
  document.body.append(banner);
  render(<Fills />);
  expect(screen.getByText(`${window.innerHeight - 28} px`)).toBeVisible();
});
