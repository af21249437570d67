package io.armwise.benchmarks.http;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.nio.charset.StandardCharsets;

/** Takes a body and answers with a fixed one: what the framework alone costs. Thread-safe. */
@Controller("/v1/decisions")
final class EmptyController {
  private final byte[] answer;

  EmptyController(@Value("${empty.bytes}") int bytes) {
    this.answer = ("\"" + "x".repeat(bytes - 2) + "\"").getBytes(StandardCharsets.US_ASCII);
  }

  @Post
  byte[] answer(@Body byte[] body) {
    return answer;
  }
}
