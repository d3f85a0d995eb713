package io.holdfast.sources.google;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What talking to Google needs.
 *
 * @param random spreads tries
 * @param sheets where the Sheets API is
 * @param drive where the Drive API is
 */
public record GoogleTools(
        HttpClient http, InstantSource clock, RandomGenerator random, Pause pause, URI sheets, URI drive) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    /** Google's own addresses. */
    public static GoogleTools real(InstantSource clock, RandomGenerator random, Pause pause) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
        return new GoogleTools(
                http,
                clock,
                random,
                pause,
                URI.create("https://sheets.googleapis.com"),
                URI.create("https://www.googleapis.com"));
    }
}
