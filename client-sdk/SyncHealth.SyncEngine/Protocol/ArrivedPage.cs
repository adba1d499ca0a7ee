using System.Text.Json;

namespace SyncHealth.SyncEngine.Protocol;

/// <summary>A page as it has arrived. Reading it takes half as long as fetching it, so the next one is asked for before.</summary>
internal sealed class ArrivedPage
{
    private readonly byte[] _body;

    private ArrivedPage(byte[] body, string nextToken, bool hasMore) => (_body, NextToken, HasMore) = (body, nextToken, hasMore);

    /// <summary>What to ask for the next page with.</summary>
    public string NextToken { get; }

    /// <summary>There are further pages.</summary>
    public bool HasMore { get; }

    /// <summary>Looks where to go on. That stands first; where another server says it later, the page is read for it.</summary>
    /// <exception cref="JsonException">It is no page.</exception>
    public static ArrivedPage Of(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        if (reader.Read() && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("nextToken"u8)
            && reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString() is { } token
            && reader.Read() && reader.ValueTextEquals("hasMore"u8) && reader.Read() && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return new ArrivedPage(body, token, reader.GetBoolean());
        var page = Parse(body);
        return new ArrivedPage(body, page.NextToken, page.HasMore);
    }

    /// <summary>The page, or why it is none.</summary>
    public Reply<ChangesPage> Read()
    {
        try
        {
            return Parse(_body);
        }
        catch (JsonException exception)
        {
            return SyncFailure.Of(exception);
        }
    }

    private static ChangesPage Parse(byte[] body) => JsonSerializer.Deserialize(body, ProtocolJson.Default.ChangesPage) is { Changes: not null, NextToken: not null } page
        ? page
        : throw new JsonException("The answer is no page.");
}
