import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { shown } from "@/test/session";
import { Pictures } from "./Pictures";

const SMALL = "data:image/png;base64,AA==";
const STORED = { url: "https://bucket.example/p1?signed", picture: "p1" };
const nobody = async () => {
  throw new Error("nobody asks");
};

test("what is in a message is shown as it is, but nothing that runs", () => {
  const pictures = [{ url: SMALL }, { url: "data:image/svg+xml;base64,AA==" }];
  shown(<Pictures pictures={pictures} read={nobody} />);
  const images = screen.getAllByAltText("What you attached");
  expect(images.map((image) => image.getAttribute("src"))).toEqual([SMALL]);
});

test("what lies beside it is read first, and never by the address itself", async () => {
  let come: (url: string) => void = () => undefined;
  const read = () =>
    new Promise<string>((resolve) => {
      come = resolve;
    });
  shown(<Pictures pictures={[STORED]} read={read} />);
  expect(screen.getByText("The picture is coming")).toBeVisible();
  come(SMALL);
  expect(await screen.findByAltText("What you attached")).toHaveAttribute("src", SMALL);
});

test("what could not be read is tried again when somebody asks", async () => {
  let there = false;
  const read = async () => {
    if (there) return SMALL;
    throw new Error("A picture of this chat could not be read.");
  };
  shown(<Pictures pictures={[STORED]} read={read} />);
  expect(await screen.findByText("A picture of this chat could not be read.")).toBeVisible();
  there = true;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByAltText("What you attached")).toBeVisible();
});
