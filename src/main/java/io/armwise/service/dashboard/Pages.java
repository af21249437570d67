package io.armwise.service.dashboard;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Renders the templates, which were compiled with the service. Thread-safe. */
@Singleton
public final class Pages {
  static final MediaType HTML = MediaType.of("text/html; charset=utf-8");

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /** A page or a part of one; {@code model} is the template's only parameter. */
  public MutableHttpResponse<String> answer(HttpStatus status, String template, Object model) {
    return HttpResponse.<String>status(status).contentType(HTML).body(text(template, model));
  }

  /** The text alone. */
  String text(String template, Object model) {
    StringOutput output = new StringOutput();
    engine.render(template + ".jte", model, output);
    return output.toString();
  }
}
