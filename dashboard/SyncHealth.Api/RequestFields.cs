using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SyncHealth.Api;

/// <summary>The fields of a request's JSON object, read by hand, because the framework's binder would not say what is allowed.</summary>
internal sealed class RequestFields
{
    /// <summary>Requests of these routes are a few names and numbers.</summary>
    private const int MaxBodyBytes = 64 * 1024;

    private readonly Dictionary<string, JsonElement> _fields;

    private RequestFields(Dictionary<string, JsonElement> fields) => _fields = fields;

    /// <exception cref="InvalidParameterException">The body is no JSON object, too large, or has a field that is not known.</exception>
    public static async Task<RequestFields> ReadAsync(HttpRequest request, IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        var allowed = $"a JSON object with {string.Join(", ", known)}";
        try
        {
            if (request.ContentLength is null or > MaxBodyBytes)
                throw new InvalidParameterException("body", $"{request.ContentLength} bytes", $"{allowed}, with a Content-Length of at most {MaxBodyBytes}");
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new InvalidParameterException("body", document.RootElement.ValueKind.ToString(), allowed);
            var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
                if (!known.Contains(property.Name) || !fields.TryAdd(property.Name, property.Value.Clone()))
                    throw new InvalidParameterException(property.Name, property.Value.GetRawText(), $"each of {string.Join(", ", known)} once");
            return new RequestFields(fields);
        }
        catch (JsonException exception)
        {
            throw new InvalidParameterException("body", exception.Message, allowed);
        }
    }

    /// <summary>Whether the field was sent, be it as null.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>A name: null when it was not sent.</summary>
    /// <exception cref="InvalidParameterException">It is no text of 1 to <paramref name="maxLength"/> printable characters.</exception>
    public string? Text(string name, int maxLength)
    {
        if (Value(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= maxLength && !text.Any(char.IsControl)
            ? text
            : throw new InvalidParameterException(name, value.GetRawText(), $"a text of 1 to {maxLength} characters on one line");
    }

    /// <summary>A number: null when it was not sent or is null.</summary>
    /// <exception cref="InvalidParameterException">It is no whole number between the bounds.</exception>
    public int? Number(string name, int least, int most)
    {
        if (Value(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw new InvalidParameterException(name, value.GetRawText(), string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}, or null"));
    }

    /// <summary>A time, as text or as milliseconds since 1970: null when it was not sent.</summary>
    /// <exception cref="InvalidParameterException">It is no time.</exception>
    public DateTimeOffset? Time(string name) => Value(name) is { } value
        ? QueryParameters.ParseTime(name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())
        : null;

    /// <summary>Texts: none when they were not sent.</summary>
    /// <exception cref="InvalidParameterException">It is no list of texts.</exception>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Value(name) is not { } value)
            return [];
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw new InvalidParameterException(name, value.GetRawText(), "a list of texts");
    }

    private JsonElement? Value(string name) => _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
