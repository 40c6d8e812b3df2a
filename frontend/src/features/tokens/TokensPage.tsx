import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { Empty } from "@/app/Empty";
import { ResourceTable } from "@/app/ResourceTable";
import { useCaller } from "@/auth/session";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { useTokens } from "./api";
import { CreateToken } from "./CreateToken";
import { type TokenAction, tokenColumns } from "./columns";
import { kindOf } from "./status";
import { TokenDialog } from "./TokenDialogs";
import { TokenShown } from "./TokenShown";
import type { ApiToken, NewToken } from "./types";
import { WhoseFilter } from "./WhoseFilter";

type Open =
  | { dialog: "create" }
  | { dialog: "shown"; token: NewToken }
  | { dialog: TokenAction; token: ApiToken };

/** The caller's API tokens; for administrators everybody's. */
export default function TokensPage() {
  const caller = useCaller();
  const allowed = useConfiguration().enabledComponents.enableUserApiTokens || caller.admin;
  const [username, setUsername] = useState<string | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const columns = tokenColumns({
    everybody: caller.admin,
    revives: caller.admin,
    now: Date.now() / 1000,
    act: (dialog, token) => setOpen({ dialog, token }),
  });
  const create = (
    <Button variant="primary" onClick={() => setOpen({ dialog: "create" })}>
      Create token
    </Button>
  );
  return (
    <>
      <ResourceTable
        title="API tokens"
        description={descriptionFor(allowed)}
        many="tokens"
        listed={useTokens(username)}
        columns={columns}
        sticky
        trackBy={(token) => token.tokenUUID}
        textOf={(token) => [token.name, token.username, ...token.groups, kindOf(token)].join(" ")}
        empty={<NoTokens allowed={allowed} />}
        actions={allowed && create}
        filters={caller.admin && <WhoseFilter choose={setUsername} />}
      />
      {open && <Dialog open={open} setOpen={setOpen} />}
    </>
  );
}

function descriptionFor(allowed: boolean): string {
  return allowed
    ? "With a token, programs call models and the API in your name."
    : "An administrator has switched off that people make tokens; those that exist still work.";
}

function NoTokens({ allowed }: { allowed: boolean }) {
  return (
    <Empty header="No tokens">
      {allowed
        ? "Create one to call models from a notebook, an editor or a program."
        : "Ask an administrator for one."}
    </Empty>
  );
}

function Dialog({ open, setOpen }: { open: Open; setOpen: (next: Open | null) => void }) {
  const close = () => setOpen(null);
  if (open.dialog === "create") {
    return <CreateToken created={(token) => setOpen({ dialog: "shown", token })} close={close} />;
  }
  if (open.dialog === "shown") return <TokenShown token={open.token} close={close} />;
  return <TokenDialog action={open.dialog} token={open.token} close={close} />;
}
