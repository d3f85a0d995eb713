package io.holdfast.client.hint;

import io.holdfast.client.system.Machine;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** Follows one connection to its end. Serves one thread; only the alarm comes from another. */
final class Following {

    private final HintStream.Source source;
    private final HintStream.Listener listener;
    private final Machine machine;
    private final Duration silence;

    Following(HintStream.Source source, HintStream.Listener listener, Machine machine, Duration silence) {
        this.source = source;
        this.listener = listener;
        this.machine = machine;
        this.silence = silence;
    }

    /** Returns when the stream ends. */
    void run() throws IOException, InterruptedException {
        try (InputStream in = source.open()) {
            listener.connected();
            Patience patience = new Patience(in);
            try {
                EventReader reader = new EventReader(in, patience::renew);
                for (Optional<EventReader.Event> event = reader.next(); event.isPresent(); event = reader.next()) {
                    sequence(event.get()).ifPresent(listener::moved);
                }
            } finally {
                patience.end();
            }
        }
    }

    /** Closes a stream from which nothing comes any more: a lost connection may look like that for hours. */
    private final class Patience {

        private final InputStream in;
        private Machine.Alarm alarm;

        Patience(InputStream in) {
            this.in = in;
            this.alarm = machine.after(silence, this::giveUp);
        }

        void renew() {
            alarm.cancel();
            alarm = machine.after(silence, this::giveUp);
        }

        void end() {
            alarm.cancel();
        }

        private void giveUp() {
            try {
                in.close();
            } catch (IOException broken) {
                // A broken stream ends just as well.
            }
        }
    }

    private static Optional<Long> sequence(EventReader.Event event) {
        if (!event.name().equals("moved")) {
            return Optional.empty();
        }
        try {
            return JsonText.read(event.data()) instanceof JsonTree.Members moved
                            && moved.members().get("sequence") instanceof JsonTree.Numeral number
                    ? Optional.of(Long.parseLong(number.literal()))
                    : Optional.empty();
        } catch (JsonRefusedException | NumberFormatException garbled) {
            return Optional.empty();
        }
    }
}
