package io.armwise.service.decision;

import io.armwise.service.platform.security.ApiKeys;
import io.armwise.service.platform.security.Role;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers the usual requests for decisions in the channel, before the framework's routing, filters
 * and bindings, which would take several times as long as the decisions. Whatever is not usual
 * (another path, no valid key of the role, a browser, a body of unknown length or beyond {@value
 * #MAX_BYTES} bytes, a request behind one that is not answered yet) and whatever cannot be answered
 * is handed on as it came, so that every refusal has one author: the framework's way. Answers are
 * not compressed: most of their bytes are signatures. One to a connection; used by that
 * connection's thread only.
 */
final class DirectDecisions extends ChannelDuplexHandler {
  static final int MAX_BYTES = 1 << 20;

  private static final AsciiString SECRET_HEADER = AsciiString.cached("X-API-Key");
  private static final AsciiString NO_SNIFFING = AsciiString.cached("X-Content-Type-Options");
  private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");
  private static final String BEARER = "Bearer ";

  private final DecisionAnswers answers;
  private final ApiKeys keys;

  /** A request whose body is still coming, and what of it has come. */
  private @Nullable HttpRequest held;

  private final List<HttpContent> content = new ArrayList<>();

  /** Requests that the framework has and has not answered yet; answers must keep their order. */
  private int elsewhere;

  /** Whether something was answered and waits to be sent. */
  private boolean flush;

  /** Whether something was read that the framework has not seen, so that it asks for no more. */
  private boolean taken;

  DirectDecisions(DecisionAnswers answers, ApiKeys keys) {
    this.answers = answers;
    this.keys = keys;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      boolean inPieces = !(message instanceof LastHttpContent);
      if (elsewhere == 0 && inPieces && isUsual(request)) {
        held = request;
      } else {
        elsewhere++;
        context.fireChannelRead(message);
        return;
      }
    }
    HttpRequest request = held;
    if (request == null) {
      context.fireChannelRead(message);
      return;
    }
    taken = true;
    if (message instanceof HttpContent piece) {
      content.add(piece);
    }
    if (message instanceof LastHttpContent) {
      finish(context, request);
    }
  }

  private boolean isUsual(HttpRequest request) {
    if (!request.uri().equals(DecisionController.PATH)
        || !request.method().equals(HttpMethod.POST)
        || request.decoderResult().isFailure()) {
      return false;
    }
    HttpHeaders headers = request.headers();
    return HttpUtil.getContentLength(request, -1L) >= 0
        && HttpUtil.getContentLength(request, -1L) <= MAX_BYTES
        && isJson(headers.get(HttpHeaderNames.CONTENT_TYPE))
        && !headers.contains(HttpHeaderNames.EXPECT)
        && !headers.contains(HttpHeaderNames.ORIGIN)
        && !headers.contains(HttpHeaderNames.UPGRADE)
        && !headers.contains(HttpHeaderNames.CONTENT_ENCODING)
        && isAdmitted(headers);
  }

  private static boolean isJson(@Nullable String type) {
    return type != null && type.regionMatches(true, 0, "application/json", 0, 16);
  }

  private boolean isAdmitted(HttpHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    String key =
        authorization != null && authorization.startsWith(BEARER)
            ? authorization.substring(BEARER.length())
            : authorization == null ? headers.get(SECRET_HEADER) : null;
    return key != null && keys.authenticate(key).filter(who -> who.has(Role.SERVE)).isPresent();
  }

  private void finish(ChannelHandlerContext context, HttpRequest request) {
    held = null;
    byte[] answer = answer();
    if (answer == null) {
      elsewhere++;
      context.fireChannelRead(request);
      List<HttpContent> pieces = List.copyOf(content);
      content.clear();
      pieces.forEach(context::fireChannelRead);
      return;
    }
    releaseContent();
    boolean keepAlive = HttpUtil.isKeepAlive(request);
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(answer));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.length)
        .set(NO_SNIFFING, NOSNIFF)
        .set(HttpHeaderNames.DATE, HttpDate.now());
    HttpUtil.setKeepAlive(response, keepAlive);
    ChannelPromise written = context.newPromise();
    if (!keepAlive) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
    ChannelFuture _ = context.write(response, written);
    flush = true;
  }

  /** The answer, or null where the framework has to give it. */
  private byte @Nullable [] answer() {
    if (content.stream().anyMatch(piece -> piece.decoderResult().isFailure())) {
      return null;
    }
    try {
      return answers.answer(body());
    } catch (RuntimeException refused) {
      return null; // the framework's way fails in the same manner, and says how
    }
  }

  private byte[] body() {
    if (content.size() == 1) {
      return ByteBufUtil.getBytes(content.getFirst().content());
    }
    byte[] body = new byte[content.stream().mapToInt(p -> p.content().readableBytes()).sum()];
    int length = 0;
    for (HttpContent piece : content) {
      int bytes = piece.content().readableBytes();
      piece.content().getBytes(piece.content().readerIndex(), body, length, bytes);
      length += bytes;
    }
    return body;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (flush) {
      flush = false;
      context.flush();
    }
    context.fireChannelReadComplete();
    readOn(context);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    readOn(context);
  }

  /** Asks for what comes next, unless the caller does not take its answers. */
  private void readOn(ChannelHandlerContext context) {
    if (taken && context.channel().isWritable()) {
      taken = false;
      context.read();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean informational =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (message instanceof LastHttpContent && !informational) {
      elsewhere--;
    }
    ChannelFuture _ = context.write(message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    held = null;
    releaseContent();
    context.fireChannelInactive();
  }

  private void releaseContent() {
    content.forEach(ReferenceCountUtil::release);
    content.clear();
  }
}
