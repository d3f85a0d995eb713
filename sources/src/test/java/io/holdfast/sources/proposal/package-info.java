/** What is proposed for sheets. */
@NullMarked
package io.holdfast.sources.proposal;

import org.jspecify.annotations.NullMarked;
