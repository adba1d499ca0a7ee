using System.Buffers.Text;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts.Text;

namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>A text that several devices edit at once, as a state: a snapshot of a <see cref="TextDocument"/> (FugueMax). What both typed stays, unmixed.</summary>
public sealed class ReplicatedText : IReplicated<ReplicatedText>
{
    /// <summary>Only reads and merges; an edit has an agent of its own.</summary>
    private static readonly TextAgent Reader = new(0);

    private readonly byte[] _snapshot;

    private ReplicatedText(byte[] snapshot, string text) => (_snapshot, Text) = (snapshot, text);

    /// <inheritdoc/>
    public static ReplicatedText Empty { get; } = Of(new TextDocument(Reader));

    /// <inheritdoc/>
    public static ConflictStrategy Strategy => ConflictStrategy.Crdt;

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Edits the text.</summary>
    /// <param name="agent">No other replica of this text may ever have had the same: <see cref="Here.Agent"/>.</param>
    /// <param name="edit">Inserts and deletes.</param>
    public ReplicatedText Edit(TextAgent agent, Action<TextDocument> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var document = new TextDocument(agent);
        document.Merge(_snapshot);
        edit(document);
        return Of(document);
    }

    /// <inheritdoc/>
    public ReplicatedText Merge(ReplicatedText other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var document = new TextDocument(Reader);
        document.Merge(_snapshot);
        document.Merge(other._snapshot);
        return Of(document);
    }

    /// <inheritdoc/>
    public string Encode() => Base64Url.EncodeToString(_snapshot);

    /// <inheritdoc/>
    public static bool TryDecode(string text, out ReplicatedText state)
    {
        state = Empty;
        if (!Base64Url.IsValid(text))
            return false;
        var document = new TextDocument(Reader);
        if (document.Merge(Base64Url.DecodeFromChars(text)) is not { Refusal: TextRefusal.None, Waiting: 0 })
            return false;
        state = Of(document);
        return true;
    }

    private static ReplicatedText Of(TextDocument document) => new(document.EncodeCanonical(), document.ToString());
}
