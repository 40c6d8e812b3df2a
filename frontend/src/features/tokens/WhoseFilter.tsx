import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useCaller } from "@/auth/session";

const ALL = { value: "all", label: "Everybody's tokens" };
const MINE = { value: "mine", label: "My tokens" };
const ONE = { value: "one", label: "One user's tokens" };

/** For administrators: whose tokens are listed. Tells a user's name, or null for everybody. */
export function WhoseFilter({ choose }: { choose: (username: string | null) => void }) {
  const { username } = useCaller();
  const [option, setOption] = useState(ALL);
  const [name, setName] = useState("");
  const select = (value: string | undefined) => {
    setOption([ALL, MINE, ONE].find((one) => one.value === value) ?? ALL);
    if (value !== ONE.value) choose(value === MINE.value ? username : null);
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Select
        options={[ALL, MINE, ONE]}
        selectedOption={option}
        onChange={({ detail }) => select(detail.selectedOption.value)}
        ariaLabel="Whose tokens"
      />
      {option.value === ONE.value && (
        <Input
          value={name}
          type="search"
          placeholder="User name, then Enter"
          ariaLabel="User name"
          onChange={({ detail }) => setName(detail.value)}
          onKeyDown={({ detail }) => {
            if (detail.key === "Enter") choose(name.trim() || null);
          }}
          onBlur={() => choose(name.trim() || null)}
        />
      )}
    </SpaceBetween>
  );
}
