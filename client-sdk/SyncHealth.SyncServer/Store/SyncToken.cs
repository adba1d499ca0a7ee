using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SyncHealth.SyncServer.Store;

/// <summary>Where a device stands in its account's changes. Opaque to devices: its form may change at any time.</summary>
/// <param name="Position">Every version up to here has been sent.</param>
/// <param name="Floor">Deletions up to here need not be sent: for a full sync under way, the newest version when it began.</param>
internal readonly record struct SyncToken(long Position, long Floor)
{
    private const string Form = "1";

    /// <summary>Before the first page.</summary>
    public static SyncToken Start => default;

    /// <summary>Whether the server can still tell this device everything that it has missed.</summary>
    /// <param name="head">Highest version of the account; a token ahead of it is from before a restore from a backup.</param>
    /// <param name="purged">Highest version of a forgotten tombstone.</param>
    public bool IsServable(long head, long purged) => this == Start || (Floor >= purged && Position <= head);

    /// <summary>The token after a page.</summary>
    /// <param name="last">Highest version on the page.</param>
    /// <param name="head">Highest version of the account in the page's snapshot.</param>
    /// <param name="hasMore">There are further pages.</param>
    public SyncToken After(long last, long head, bool hasMore) =>
        hasMore ? new SyncToken(last, Math.Max(this == Start ? head : Floor, last)) : new SyncToken(head, head);

    public static bool TryParse(string? text, out SyncToken token)
    {
        token = Start;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!Base64Url.IsValid(text))
            return false;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts.Length != 3 || parts[0] != Form
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var floor))
            return false;
        token = new SyncToken(position, floor);
        return true;
    }

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Form}.{Position}.{Floor}")));
}
