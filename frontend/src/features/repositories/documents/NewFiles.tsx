import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { Aside } from "../parts";
import { WishDialog } from "./WishDialog";
import { told, USUAL, type WishDraft } from "./wish";

interface Props {
  wish: WishDraft;
  change: (wish: WishDraft) => void;
  mayCut: boolean;
}

/** What is said of files that are added from now on, and where it is changed. */
export function NewFiles({ wish, change, mayCut }: Props) {
  const [open, setOpen] = useState(false);
  const said = told(wish);
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      {said !== "" && <Aside>New files: {said}</Aside>}
      <Button variant="inline-link" onClick={() => setOpen(true)}>
        {said ? "Change" : `Label new files${mayCut ? ", or cut them otherwise" : ""}`}
      </Button>
      {said !== "" && (
        <Button
          variant="inline-link"
          ariaLabel="Read new files as usual"
          onClick={() => change(USUAL)}
        >
          As usual
        </Button>
      )}
      {open && (
        <WishDialog
          header="New files"
          verb="Use for new files"
          wish={wish}
          mayCut={mayCut}
          save={async (now) => change(now)}
          close={() => setOpen(false)}
        />
      )}
    </SpaceBetween>
  );
}
