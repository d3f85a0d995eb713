package io.holdfast.sources.google;

import java.net.http.HttpRequest;

/** Says in a request's headers who asks. Not thread-safe. */
interface Authorisation {

    /** Adds a header, never a parameter: addresses end up in logs. */
    void sign(HttpRequest.Builder request);

    /** Forgets what was refused; false if there is nothing else to try. */
    boolean renew();

    /** By a key. */
    record ByKey(GoogleAccess.ApiKey access) implements Authorisation {
        @Override
        public void sign(HttpRequest.Builder request) {
            request.header("X-Goog-Api-Key", access.key());
        }

        @Override
        public boolean renew() {
            return false;
        }
    }
}
