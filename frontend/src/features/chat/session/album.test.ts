import { expect, test } from "vitest";
import { contentOf, picturesOf } from "../core/text";
import { message } from "../testing/messages";
import { FakeSessions } from "../testing/sessions";
import { Album } from "./album";

const SMALL = "data:image/png;base64,AA==";
const PHOTO = `data:image/jpeg;base64,${"A".repeat(20_000)}`;
const ADDRESS = "https://bucket.example/p1?signed";

function opened(read: (url: string) => Promise<string> = async () => PHOTO) {
  const sessions = new FakeSessions();
  const asked: string[] = [];
  const album = new Album(sessions, "session-1", (url) => {
    asked.push(url);
    return read(url);
  });
  return { sessions, asked, album };
}

test("a small picture stays in its message", async () => {
  const { sessions, album } = opened();
  const said = message("m1", { content: contentOf("See", [SMALL]) });
  expect(await album.lightened([said])).toEqual([said]);
  expect(sessions.calls).toEqual([]);
});

test("a photo is stored beside its message, once, and needs no reading", async () => {
  const { sessions, asked, album } = opened();
  const said = message("m1", { content: contentOf("See", [PHOTO, PHOTO]) });
  for (const _ of ["first", "again"]) {
    const [light] = await album.lightened([said]);
    expect(light && picturesOf(light).map((one) => one.picture)).toEqual(["p1", "p1"]);
    expect(JSON.stringify(light)).not.toContain(PHOTO);
  }
  expect(sessions.pictures).toEqual([PHOTO]);
  expect(await album.dataUrl({ url: ADDRESS, picture: "p1" })).toBe(PHOTO);
  expect(asked).toEqual([]);
});

test("one that could not be stored is stored when it is tried again", async () => {
  const { sessions, album } = opened();
  sessions.failures.push(new TypeError("no network"));
  const said = message("m1", { content: contentOf("", [PHOTO]) });
  await expect(album.lightened([said])).rejects.toThrow("no network");
  const [light] = await album.lightened([said]);
  expect(light && picturesOf(light)).toMatchObject([{ picture: "p1" }]);
});

test("a model is given pictures that lie elsewhere as data, each read once", async () => {
  const { asked, album } = opened();
  const stored = message("m1", { content: contentOf("See", [{ url: ADDRESS, picture: "p1" }]) });
  const words = message("m2");
  for (const _ of ["first", "again"]) {
    const [whole, same] = await album.inlined([stored, words]);
    expect(whole && picturesOf(whole)).toEqual([{ url: PHOTO }]);
    expect(same).toBe(words);
  }
  expect(asked).toEqual([ADDRESS]);
});

test("an address that has ended is asked for anew", async () => {
  const fresh = `${ADDRESS}=later`;
  const { sessions, asked, album } = opened(async (url) => {
    if (url === ADDRESS) throw new Error("expired");
    return PHOTO;
  });
  const content = contentOf("See", [{ url: fresh, picture: "p1" }]);
  sessions.stored.set("m1", message("m1", { content }));
  expect(await album.dataUrl({ url: ADDRESS, picture: "p1" })).toBe(PHOTO);
  expect(asked).toEqual([ADDRESS, fresh]);
});

test("one that cannot be read is tried again when it is asked for again", async () => {
  let there = false;
  const { album } = opened(async () => {
    if (there) return PHOTO;
    throw new Error("away");
  });
  const picture = { url: ADDRESS, picture: "p1" };
  await expect(album.dataUrl(picture)).rejects.toThrow("away");
  there = true;
  expect(await album.dataUrl(picture)).toBe(PHOTO);
});
