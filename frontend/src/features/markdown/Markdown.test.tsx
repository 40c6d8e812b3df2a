import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Markdown } from "./Markdown";
import { MessageBoundary } from "./MessageBoundary";

function Breaking({ message }: { message: { broken: boolean } }) {
  if (message.broken) throw new Error("It broke.");
  return <p>whole</p>;
}

/** The first text waits for the parser to be compiled. */
const PATIENT = { timeout: 10_000 };

/** Show a text and wait until it is formatted. */
async function formatted(element: React.ReactElement): Promise<HTMLElement> {
  const { container } = render(element);
  await waitFor(() => expect(container.querySelector(".md")).not.toBeNull(), PATIENT);
  return container;
}

test("headings, lists and tables are elements of their own", async () => {
  const text = "# One\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n- [x] done";
  const page = await formatted(<Markdown text={text} />);

  expect(screen.getByRole("heading", { name: "One" })).toBeInTheDocument();
  expect(page.querySelectorAll("li")).toHaveLength(3);
  expect(screen.getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["1", "2"]);
  expect(screen.getByRole("img", { name: "Done" })).toBeInTheDocument();
});

test("HTML is text, but for line breaks", async () => {
  const page = await formatted(<Markdown text={"a <b>bold</b> word<br>and\n\n<div>more</div>"} />);

  expect(page.textContent).toContain("<b>bold</b>");
  expect(page.textContent).toContain("<div>more</div>");
  expect(page.querySelectorAll("br")).toHaveLength(1);
  expect(page.querySelector("b")).toBeNull();
});

test("a number of a source is a button that opens it, and no other number is", async () => {
  const opened = vi.fn();
  const sources = [{ number: 1, title: "leave.pdf" }];
  const text = "So it is [1], not [2], `x[1]`.";
  await formatted(<Markdown text={text} citations={sources} onCitation={opened} />);

  await userEvent.click(screen.getByRole("button", { name: "Source 1: leave.pdf" }));

  expect(opened).toHaveBeenCalledExactlyOnceWith(1);
  expect(screen.getByText(/not \[2\]/)).toBeInTheDocument();
  expect(screen.getByText("x[1]")).toBeInTheDocument();
});

test("a link says where it leads", async () => {
  const page = await formatted(<Markdown text="[our bank](https://evil.example/x)" />);

  const link = screen.getByRole("link", { name: "our bank" });
  expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
  expect(link).toHaveAttribute("target", "_blank");
  expect(page).toHaveTextContent("our bank (evil.example)");
});

test("a link that may lead nowhere is its text", async () => {
  const page = await formatted(<Markdown text="[a](javascript:alert(1)) [b](/models) [c](#x)" />);

  expect(page.querySelector("a")).toBeNull();
  expect(page).toHaveTextContent("a b c");
});

test("images are shown of allowed hosts alone", async () => {
  const text = "![one](https://files.example/1.png) ![two](https://evil.example/?q=secret)";
  const page = await formatted(<Markdown text={text} imageHosts={["files.example"]} />);

  const sources = [...page.querySelectorAll("img")].map((image) => image.src);
  expect(sources).toEqual(["https://files.example/1.png"]);
  expect(page).toHaveTextContent("[external image blocked] two");
});

test("what is too large is shown as it is, and says so", async () => {
  render(<Markdown text={"> ".repeat(60)} />);

  expect(screen.getByText(/nested too deep/)).toBeInTheDocument();
});

test("formulas are set once their part is loaded", async () => {
  const page = await formatted(<Markdown text="Energy is $E = mc^2$, for $5." />);

  await waitFor(() => expect(page.querySelector(".katex")).not.toBeNull(), PATIENT);
  expect(page).toHaveTextContent("for $5.");
});

test("what breaks while it is rendered is shown as plain text, and can be tried again", async () => {
  const message = { broken: true };
  vi.spyOn(console, "error").mockImplementation(() => {});
  render(
    <MessageBoundary raw="**as it is**">
      <Breaking message={message} />
    </MessageBoundary>,
  );
  expect(screen.getByText("**as it is**")).toBeInTheDocument();

  message.broken = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));

  expect(screen.getByText("whole")).toBeInTheDocument();
});

test("code has its language, and buttons once it has ended", async () => {
  const text = "```python\nx = 1\n```";
  const view = render(<Markdown text={text} streaming />);
  await screen.findByRole("region", { name: "Code, python" }, PATIENT);
  expect(screen.queryByRole("button", { name: "Copy this code" })).toBeNull();

  view.rerender(<Markdown text={text} />);

  expect(screen.getByRole("button", { name: "Copy this code" })).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Wrap long lines" }));
  expect(view.container.querySelector("pre")).toHaveClass("md-wrapped");
});

test("a formula that has not ended is text until it has", async () => {
  const page = await formatted(<Markdown text={"so\n\n$$\nx = "} streaming />);

  expect(page.querySelector(".md-plain")).toHaveTextContent("$$ x =");
});

test("only the block that grows is rendered anew", async () => {
  const view = render(<Markdown text={"one\n\ntw"} streaming />);
  await waitFor(() => expect(view.container.querySelector(".md")).not.toBeNull(), PATIENT);
  const [first] = view.container.querySelectorAll("p");

  view.rerender(<Markdown text={"one\n\ntwo"} streaming />);

  const paragraphs = [...view.container.querySelectorAll("p")];
  expect(paragraphs[0]).toBe(first);
  expect(paragraphs.map(({ textContent }) => textContent)).toEqual(["one", "two"]);
});
