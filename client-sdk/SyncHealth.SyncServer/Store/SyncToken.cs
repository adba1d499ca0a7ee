using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace SyncHealth.SyncServer.Store;

/// <summary>Where a device stands in its account's changes. Opaque to devices: its form may change at any time.</summary>
/// <param name="Position">Every version up to here has been sent.</param>
/// <param name="Floor">Deletions up to here need not be sent: for a full sync under way, the newest version when it began.</param>
/// <param name="Sent">For a full sync under way: rows that its pages have had so far.</param>
/// <param name="Total">For a full sync under way: rows that there were when it began; 0 for none, or none counted.</param>
internal readonly record struct SyncToken(long Position, long Floor, long Sent = 0, long Total = 0)
{
    /// <summary>Position and floor.</summary>
    private const string Form = "1";

    /// <summary>The same with the progress of a full sync.</summary>
    private const string FullForm = "2";

    /// <summary>Before the first page.</summary>
    public static SyncToken Start => default;

    /// <summary>A full sync has begun and not ended.</summary>
    public bool IsFull => Total > 0;

    /// <summary>Whether the server can still tell this device everything that it has missed.</summary>
    /// <param name="head">Highest version of the account; a token ahead of it is from before a restore from a backup.</param>
    /// <param name="purged">Highest version of a forgotten tombstone.</param>
    public bool IsServable(long head, long purged) => this == Start || (Floor >= purged && Position <= head);

    /// <summary>The token after a page.</summary>
    /// <param name="last">Highest version on the page.</param>
    /// <param name="head">Highest version of the account in the page's snapshot.</param>
    /// <param name="hasMore">There are further pages.</param>
    /// <param name="rows">Rows of the page.</param>
    /// <param name="total">Rows that there are in all; only the first page knows.</param>
    public SyncToken After(long last, long head, bool hasMore, long rows = 0, long total = 0)
    {
        if (!hasMore)
            return new SyncToken(head, head);
        var all = this == Start ? total : Total;
        // Rows that were added meanwhile are on later pages too: what is done is never more than the whole.
        return new SyncToken(last, Math.Max(this == Start ? head : Floor, last), all > 0 ? Sent + rows : 0, all > 0 ? Math.Max(all, Sent + rows) : 0);
    }

    public static bool TryParse(string? text, out SyncToken token)
    {
        token = Start;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!Base64Url.IsValid(text))
            return false;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        var isKnown = (parts[0], parts.Length) is (Form, 3) or (FullForm, 5);
        var numbers = new long[4];
        for (var part = 1; isKnown && part < parts.Length; part++)
            isKnown = long.TryParse(parts[part], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[part - 1]);
        if (isKnown)
            token = new SyncToken(numbers[0], numbers[1], numbers[2], numbers[3]);
        return isKnown;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(IsFull
        ? string.Create(CultureInfo.InvariantCulture, $"{FullForm}.{Position}.{Floor}.{Sent}.{Total}")
        : string.Create(CultureInfo.InvariantCulture, $"{Form}.{Position}.{Floor}")));
}
