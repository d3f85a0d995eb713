/** All that can be wrong with a request, made from an OpenAPI description; for the tests of whoever adds addresses to a server. */
@NullMarked
package io.holdfast.apikit;

import org.jspecify.annotations.NullMarked;
