import { render, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { Markdown } from "./Markdown";
import { PAYLOADS } from "./payloads";

const ELEMENTS =
  "script, iframe, object, embed, style, link, base, form, meta, video, audio, source, input, svg script";
const LOADING = ["src", "srcset", "data", "action", "poster", "background", "style", "xlink:href"];

const GROUPS = ["html", "link", "image", "mermaid", "formula", "other", "bomb"];
/** What is seen once a text of a group is formatted; a bomb may well be left as it is. */
const SEEN: Record<string, string> = { formula: "[class*=katex]", bomb: ".md, .md-plain" };

function attributesIn(page: Element): Attr[] {
  return [...page.querySelectorAll("*")].flatMap((element) => [...element.attributes]);
}

function expectHarmless(page: HTMLElement): void {
  expect(page.querySelector(ELEMENTS)).toBeNull();
  const attributes = attributesIn(page);
  expect(attributes.filter(({ name }) => name.startsWith("on"))).toEqual([]);
  const loading = attributes.filter(({ name }) => LOADING.includes(name));
  expect(loading.filter(({ value }) => /evil|\/\/|session|url\(/.test(value))).toEqual([]);
  const links = [...page.querySelectorAll("a")].map((link) => link.getAttribute("href") ?? "");
  expect(links.filter((href) => !/^(?:https?|mailto):/.test(href))).toEqual([]);
}

test("there are the 58 of the measurement", () => {
  const sizes = GROUPS.map((group) => PAYLOADS.filter((one) => one.group === group).length);
  expect(sizes).toEqual([15, 9, 9, 8, 5, 2, 10]);
});

test.each(PAYLOADS)("$group: $text", { timeout: 20_000 }, async ({ group, text }) => {
  const sources = [{ number: 1, title: text }];
  const { container } = render(<Markdown text={text} citations={sources} />);

  const seen = () => expect(container.querySelector(SEEN[group] ?? ".md")).not.toBeNull();
  await waitFor(seen, { timeout: 10_000 });
  expect(container).not.toBeEmptyDOMElement();
  expectHarmless(container);
});
