package io.holdfast.earnings;

import io.holdfast.client.system.Machine;
import io.holdfast.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hands notices to whoever listens, each on a thread of its own; the last one also to those who come later. Thread-safe. */
final class Notices {

    private final Machine machine;
    private final List<Consumer<Notice>> listeners = new CopyOnWriteArrayList<>();
    private final List<Notice> told = new ArrayList<>(1);

    Notices(Machine machine) {
        this.machine = machine;
    }

    Store.Subscription subscribe(Consumer<Notice> listener) {
        listeners.add(listener);
        last().ifPresent(notice -> hand(listener, notice));
        return () -> listeners.remove(listener);
    }

    /** Tells it, unless it was the last that was told. */
    void tell(Notice notice) {
        synchronized (told) {
            if (told.contains(notice)) {
                return;
            }
            told.clear();
            told.add(notice);
        }
        listeners.forEach(listener -> hand(listener, notice));
    }

    /** What was told last is over: if it comes again, it is told again. */
    void settled() {
        synchronized (told) {
            told.clear();
        }
    }

    private Optional<Notice> last() {
        synchronized (told) {
            return told.stream().findFirst();
        }
    }

    private void hand(Consumer<Notice> listener, Notice notice) {
        machine.start("notice", () -> listener.accept(notice));
    }
}
