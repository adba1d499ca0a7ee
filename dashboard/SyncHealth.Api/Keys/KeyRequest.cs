using Microsoft.AspNetCore.Http;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Api.Keys;

/// <summary>Reads what a new key shall be allowed out of a request.</summary>
internal static class KeyRequest
{
    private const int MaxNameLength = 200;
    private const int MaxLabelLength = 100;

    private static readonly string[] Fields = ["app", "label", "origins", "eventsPerSecond"];

    /// <exception cref="InvalidParameterException">A field cannot be read; the message says what is allowed.</exception>
    public static async Task<NewKey> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, Fields, cancellationToken);
        var origins = fields.Texts("origins");
        if (origins.Count > WebOrigin.MaxCount)
            throw new InvalidParameterException("origins", $"{origins.Count} origins", $"at most {WebOrigin.MaxCount}");
        return new NewKey(
            fields.Text("app", MaxNameLength),
            fields.Text("label", MaxLabelLength) ?? throw new InvalidParameterException("label", "", "what people shall call the key; it is required"))
        {
            AllowedOrigins = [.. origins.Select(OriginOf).Distinct()],
            EventsPerSecond = fields.Has("eventsPerSecond") ? fields.Number("eventsPerSecond", 1, AppLimits.MaxEventsPerSecond) : IngestKey.DefaultEventsPerSecond,
        };
    }

    private static string OriginOf(string text) =>
        WebOrigin.Parse(text) ?? throw new InvalidParameterException("origins", text, "origins such as https://notes.example, or *");
}
