/** What is kept: the application's collections as Java records, the same on devices and in the server's tables. */
@NullMarked
package io.holdfast.earnings.record;

import org.jspecify.annotations.NullMarked;
