using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Alerting.Receivers.Slack;

/// <summary>A Slack workspace: an incoming webhook that answers in plain text, and the Web API, whose errors come with status 200.</summary>
internal sealed class SlackFake(TimeProvider clock, TimeProvider wallClock, RejectionLog rejections)
{
    /// <summary>Longest text of a message, in characters.</summary>
    private const int MaxText = 40_000;

    private readonly Lock _lock = new();
    private readonly List<SlackMessage> _messages = [];
    private readonly Dictionary<string, RateBucket> _buckets = [];
    private int _lastNumber;

    public IReadOnlyList<SlackMessage> Messages
    {
        get
        {
            lock (_lock)
                return [.. _messages];
        }
    }

    /// <summary>What came to the webhook.</summary>
    public FakeAnswer Post(string body)
    {
        lock (_lock)
        {
            if (Limit("") is { } limited)
                return limited;
            if (JsonReading.Object(body) is not { } sent)
                return Refuse("invalid_payload", "the body is not a JSON object");
            if (SlackRules.Error(sent) is var (error, detail))
                return Refuse(error, detail);
            Keep(MessageOf(sent));
            return FakeAnswer.Plain(200, "ok");
        }
    }

    /// <summary><c>chat.postMessage</c>: a new message, or a reply in a thread.</summary>
    public FakeAnswer PostMessage(IHeaderDictionary headers, string body) => Call(headers, body, (sent, channel) =>
    {
        var ts = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeSeconds()}.{++_lastNumber:000000}");
        if (sent["thread_ts"] is null)
            Keep(MessageOf(sent) with { Channel = channel, Ts = ts });
        else if (Find(channel, sent.Text("thread_ts")) is { } parent)
            Replace(parent, parent with { Replies = [.. parent.Replies, sent.Text("text")!] });
        else
            return No("thread_not_found", "thread_ts names no message of the channel");
        return Yes(channel, ts);
    });

    /// <summary><c>chat.update</c>: another text for a message of the bot's own.</summary>
    public FakeAnswer Update(IHeaderDictionary headers, string body) => Call(headers, body, (sent, channel) =>
    {
        if (Find(channel, sent.Text("ts")) is not { } message)
            return No("message_not_found", "ts names no message of the channel");
        Replace(message, MessageOf(sent) with
        {
            At = message.At, Channel = channel, Ts = message.Ts, Edits = message.Edits + 1, Replies = message.Replies,
        });
        return Yes(channel, message.Ts!);
    });

    /// <summary>Deletes a message, as somebody in the channel might.</summary>
    public void Delete(string ts)
    {
        lock (_lock)
            _messages.RemoveAll(message => message.Ts == ts);
    }

    private FakeAnswer Call(IHeaderDictionary headers, string body, Func<JsonObject, string, FakeAnswer> answer)
    {
        if (headers.Authorization.ToString() is var authorization && !authorization.StartsWith("Bearer xoxb-", StringComparison.Ordinal))
            return No(authorization.Length == 0 ? "not_authed" : "invalid_auth", "no bot token");
        if (headers.ContentType.ToString().Split(';')[0] != "application/json" || JsonReading.Object(body) is not { } sent)
            return No("invalid_json", "the body is not a JSON object");
        if (sent.Text("channel") is not { Length: > 1 } channel || channel[0] is not ('C' or 'G' or 'D'))
            return No("channel_not_found", "channel is no id of a channel");
        lock (_lock)
        {
            if (Limit(channel) is { } limited)
                return limited;
            if (sent.Text("text") is { } text && JsonReading.Length(text) > MaxText)
                return No("msg_too_long", $"text has more than {MaxText} characters");
            return SlackRules.Error(sent) is var (error, detail) ? No(error, detail) : answer(sent, channel);
        }
    }

    private SlackMessage MessageOf(JsonObject sent) =>
        new(clock.GetUtcNow(), sent.Text("text")!, [.. SlackRules.Lines(sent["blocks"] as JsonArray ?? [])]);

    private void Keep(SlackMessage message)
    {
        if (_messages.Count == ReceiverLimits.KeptCount)
            _messages.RemoveAt(0);
        _messages.Add(message);
    }

    private SlackMessage? Find(string channel, string? ts) => _messages.FirstOrDefault(message => message.Ts is not null && message.Ts == ts && message.Channel == channel);

    private void Replace(SlackMessage message, SlackMessage changed) => _messages[_messages.IndexOf(message)] = changed;

    private FakeAnswer? Limit(string channel)
    {
        if (!_buckets.TryGetValue(channel, out var bucket))
            _buckets.Add(channel, bucket = new RateBucket(wallClock));
        if (bucket.Take() is not { } seconds)
            return null;
        rejections.Add("slack", 429, $"rate_limited: come back in {seconds.ToString(CultureInfo.InvariantCulture)} s");
        return FakeAnswer.Json(429, new JsonObject { ["retry_after"] = seconds, ["ok"] = false, ["error"] = "rate_limited" }) with { RetryAfterSeconds = seconds };
    }

    private static FakeAnswer Yes(string channel, string ts) => FakeAnswer.Json(200, new JsonObject { ["ok"] = true, ["channel"] = channel, ["ts"] = ts });

    private FakeAnswer No(string error, string detail)
    {
        rejections.Add("slack", 200, $"{error}: {detail}");
        return FakeAnswer.Json(200, new JsonObject { ["ok"] = false, ["error"] = error });
    }

    private FakeAnswer Refuse(string error, string detail)
    {
        rejections.Add("slack", 400, $"{error}: {detail}");
        return FakeAnswer.Plain(400, error);
    }
}
