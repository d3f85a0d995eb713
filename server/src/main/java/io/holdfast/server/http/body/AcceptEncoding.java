package io.holdfast.server.http.body;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Chooses the coding of an answer by the request's Accept-Encoding header (RFC 9110, section 12.5.3). */
public final class AcceptEncoding {

    private static final int MEMBERS_MAX = 32;

    private AcceptEncoding() {}

    /** The best coding that the header allows: zstd before gzip where it weighs them alike; identity if it names neither. */
    public static Encoding choose(String header) {
        double any = 0;
        Map<Encoding, Double> weights = new EnumMap<>(Encoding.class);
        for (String member : header.split(",", MEMBERS_MAX)) {
            String[] parts = member.split(";", 2);
            String name = parts[0].strip();
            double weight = parts.length == 1 ? 1 : weight(parts[1]);
            if (name.equals("*")) {
                any = weight;
            } else if (!name.isEmpty()) {
                Encoding.of(name).ifPresent(coding -> weights.put(coding, weight));
            }
        }
        double zstd = weights.getOrDefault(Encoding.ZSTD, any);
        double gzip = weights.getOrDefault(Encoding.GZIP, any);
        if (zstd <= 0 && gzip <= 0) {
            return Encoding.IDENTITY;
        }
        return zstd >= gzip ? Encoding.ZSTD : Encoding.GZIP;
    }

    /** The weight of {@code q=0.5}; a weight that is none counts as 0, so that nothing unwanted is sent. */
    private static double weight(String parameter) {
        String text = parameter.strip().toLowerCase(Locale.ROOT);
        if (!text.matches("q *= *[01](\\.[0-9]{0,3})?")) {
            return 0;
        }
        return Math.min(
                1, Double.parseDouble(text.substring(text.indexOf('=') + 1).strip()));
    }
}
