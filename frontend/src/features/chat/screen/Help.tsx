import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import { KEYS } from "./useShortcuts";

/** Which keys do what. */
export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Modal visible header="Keys" closeAriaLabel="Close" onDismiss={onClose}>
      <KeyValuePairs columns={2} items={KEYS.map(([label, value]) => ({ label, value }))} />
    </Modal>
  );
}
