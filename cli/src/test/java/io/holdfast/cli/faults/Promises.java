package io.holdfast.cli.faults;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What devices said was durable, in the words of {@link DeviceProgram}. Not thread-safe. */
final class Promises {

    private final Set<String> kept = new TreeSet<>();
    private final Set<String> gone = new TreeSet<>();
    private final Set<String> unsure = new TreeSet<>();

    /** Takes what a device printed; a line that a kill cut off promises nothing. */
    void hear(List<String> lines) {
        lines.forEach(this::hear);
    }

    /** Takes one line. */
    void hear(String line) {
        if (!line.endsWith(";")) {
            return;
        }
        String id = line.substring(1, line.length() - 1);
        switch (line.charAt(0)) {
            case '+' -> kept.add(id);
            case '?' -> {
                kept.remove(id);
                unsure.add(id);
            }
            case '-' -> {
                unsure.remove(id);
                gone.add(id);
            }
            default -> throw new AssertionError("a device said: " + line);
        }
    }

    /** Records that must be there. */
    Set<String> kept() {
        return kept;
    }

    /** Records that must not be there. */
    Set<String> gone() {
        return gone;
    }

    /** How many promises were made. */
    int size() {
        return kept.size() + gone.size() + unsure.size();
    }
}
