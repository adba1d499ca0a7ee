namespace SyncHealth.SyncEngine;

/// <summary>Names of entities: what kinds of records an app keeps.</summary>
public static class EntityNames
{
    /// <summary>The notes of <see cref="Store.NotesRepository"/>.</summary>
    public const string Note = "note";

    /// <summary>What an attachment is; see <see cref="EngineOptions.UseAttachments"/>.</summary>
    public const string Attachment = "attachment";

    /// <summary>A piece of an attachment's content.</summary>
    public const string AttachmentChunk = "attachment-chunk";

    /// <summary>Longest name in characters: it is part of every id.</summary>
    public const int MaxLength = 40;

    /// <summary>Whether a text can name an entity: lower-case letters, digits and hyphens.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= MaxLength && text.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');
    }
}
