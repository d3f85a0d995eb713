/** What people at the server look at: users, reviews, discrepancies, over all scopes that they may see. */
@NullMarked
package io.holdfast.earnings.office;

import org.jspecify.annotations.NullMarked;
