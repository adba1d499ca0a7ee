using Microsoft.AspNetCore.Http;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Rules;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Api.Silences;

/// <summary>Reads what somebody wants to silence. Every problem names the field and what is allowed.</summary>
internal static class SilenceRequest
{
    /// <summary>Characters; the table holds it too.</summary>
    private const int MaxReasonLength = 500;

    private const int MaxNameLength = 200;

    private static readonly string[] Fields = ["id", "matchers", "reason", "createdBy", "startsAt", "endsAt", "duration"];

    /// <summary>A silence to keep.</summary>
    /// <exception cref="InvalidParameterException">A field is missing, unknown or cannot be read.</exception>
    public static async Task<StoredSilence> ReadAsync(HttpRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, Fields, cancellationToken);
        var startsAt = (fields.Time("startsAt") ?? now).ToUniversalTime();
        return new StoredSilence(
            IdOf(fields.Text("id", MaxNameLength)),
            [.. MatchersOf(fields).Select(matcher => matcher.ToString())],
            fields.Text("reason", MaxReasonLength) ?? throw new InvalidParameterException("reason", "", "why nobody needs to hear of it; it is required"),
            SignedIn.Author(request.HttpContext, fields.Text("createdBy", MaxNameLength)),
            now,
            startsAt,
            EndOf(fields, startsAt, now));
    }

    /// <summary>Matchers alone, for a preview.</summary>
    /// <exception cref="InvalidParameterException">One cannot be read.</exception>
    public static async Task<IReadOnlyList<LabelMatcher>> ReadMatchersAsync(HttpRequest request, CancellationToken cancellationToken) =>
        MatchersOf(await RequestFields.ReadAsync(request, ["matchers"], cancellationToken));

    private static List<LabelMatcher> MatchersOf(RequestFields fields)
    {
        var texts = fields.Texts("matchers");
        if (texts.Count is 0 or > Silence.MaxMatchers)
            throw new InvalidParameterException("matchers", $"{texts.Count} matchers", $"1 to {Silence.MaxMatchers} conditions such as \"rule=sync-success-rate\"");
        var matchers = new List<LabelMatcher>(texts.Count);
        foreach (var text in texts)
            matchers.Add(LabelMatcher.TryParse(text, out var matcher, out var problem) ? matcher : throw new InvalidParameterException("matchers", text, problem));
        return matchers;
    }

    private static DateTimeOffset EndOf(RequestFields fields, DateTimeOffset startsAt, DateTimeOffset now)
    {
        const string Allowed = "either endsAt, a time, or duration, such as 2h";
        if (fields.Has("endsAt") == fields.Has("duration"))
            throw new InvalidParameterException("endsAt", "", $"{Allowed}; one of them is required");
        var endsAt = fields.Time("endsAt") ?? startsAt + LengthOf(fields.Text("duration", MaxNameLength) ?? throw new InvalidParameterException("duration", "null", Allowed));
        if (endsAt <= startsAt || endsAt <= now || endsAt > startsAt + Silence.MaxLength)
            throw new InvalidParameterException("endsAt", $"{endsAt:O}", $"after its start and now, at most {Silence.MaxLength.TotalDays:0} days after its start");
        return endsAt.ToUniversalTime();
    }

    private static TimeSpan LengthOf(string text) => Durations.TryParse(text, out var length) && length <= Silence.MaxLength
        ? length
        : throw new InvalidParameterException("duration", text, $"at most {Silence.MaxLength.TotalDays:0} days. {Durations.Syntax}");

    private static Guid IdOf(string? text) =>
        text is null ? Guid.CreateVersion7()
        : Guid.TryParse(text, out var id) ? id
        : throw new InvalidParameterException("id", text, "a UUID");
}
