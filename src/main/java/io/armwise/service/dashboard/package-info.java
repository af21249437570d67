/**
 * The pages that people read: experiments, their verdicts, and the forms that move them through
 * their life. Rendered on the server; a page works without scripts.
 */
@NullMarked
package io.armwise.service.dashboard;

import org.jspecify.annotations.NullMarked;
