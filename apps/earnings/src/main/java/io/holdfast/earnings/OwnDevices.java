package io.holdfast.earnings;

import io.holdfast.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * Under which names the server has known this device: a restored store goes on under a new one, but the sessions that it began
 * are still its own. Kept as a setting of the store. For one thread at a time.
 */
final class OwnDevices {

    private static final String SETTING = "earnings.devices";

    /** A device that was restored more often has forgotten its first names, and with them nothing that still runs. */
    private static final int NAMES_MAX = 16;

    private final Store store;

    OwnDevices(Store store) {
        this.store = store;
    }

    /** The present name first, then the earlier ones. */
    List<String> names() {
        String present = store.device().identity().replica();
        List<String> names = new ArrayList<>(List.of(present));
        stored().stream().filter(name -> !name.equals(present)).forEach(names::add);
        return names;
    }

    /** Remembers the present name, before it may change. */
    void remember() {
        List<String> names = names();
        if (!names.equals(stored())) {
            store(names);
        }
    }

    /** Takes over the name of the store that this one replaces. */
    void add(String former) {
        List<String> names = names();
        if (!names.contains(former)) {
            names.add(former);
        }
        store(names);
    }

    private List<String> stored() {
        return store.storage()
                .read(transaction -> transaction.setting(SETTING))
                .map(text -> List.of(text.split(",")))
                .orElse(List.of());
    }

    private void store(List<String> names) {
        String text = String.join(",", names.subList(0, Math.min(names.size(), NAMES_MAX)));
        store.storage().write(transaction -> {
            transaction.setting(SETTING, text);
            return true;
        });
    }
}
