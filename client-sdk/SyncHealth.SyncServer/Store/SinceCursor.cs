using System.Globalization;

namespace SyncHealth.SyncServer.Store;

/// <summary>Where a device that asks by timestamp stands: a plain moment; between pages also what it takes to go on.</summary>
/// <param name="Moment">Every change before it has been sent; UTC, by the account's clock, to the microsecond.</param>
/// <param name="Floor">Deletions up to here need not be sent: for a full sync under way, the newest moment when it began.</param>
/// <param name="AfterId">Of the changes at <paramref name="Moment"/> itself, those up to this id have been sent; null: all of them.</param>
internal readonly record struct SinceCursor(DateTime Moment, DateTime Floor, string? AfterId)
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const char Separator = '~';

    /// <summary>Before the first page.</summary>
    public static SinceCursor Start => default;

    /// <summary>Whether the server can still tell this device everything that it has missed.</summary>
    /// <param name="head">Newest moment of the account; a cursor ahead of it is from before a restore from a backup.</param>
    /// <param name="purged">Newest moment of a forgotten tombstone.</param>
    public bool IsServable(DateTime head, DateTime purged) => this == Start || (Floor >= purged && Moment <= head);

    /// <summary>The cursor after a page.</summary>
    /// <param name="last">Moment of the last change on it.</param>
    /// <param name="lastId">Its id.</param>
    /// <param name="head">Newest moment of the account in the page's snapshot.</param>
    /// <param name="hasMore">There are further pages.</param>
    public SinceCursor Next(DateTime last, string lastId, DateTime head, bool hasMore)
    {
        if (!hasMore)
            return new SinceCursor(head, head, null);
        var floor = this == Start ? head : Floor;
        return new SinceCursor(last, floor > last ? floor : last, lastId);
    }

    public static bool TryParse(string text, out SinceCursor cursor)
    {
        cursor = Start;
        if (text.Length == 0)
            return true;
        var parts = text.Split(Separator, 3);
        if (parts.Length == 2 || !TryReadMoment(parts[0], out var moment) || !TryReadMoment(parts.Length == 3 ? parts[1] : parts[0], out var floor))
            return false;
        cursor = new SinceCursor(moment, floor, parts.Length == 3 ? parts[2] : null);
        return true;
    }

    public override string ToString()
    {
        if (this == Start)
            return "";
        return AfterId is null ? TextOf(Moment) : $"{TextOf(Moment)}{Separator}{TextOf(Floor)}{Separator}{AfterId}";
    }

    private static string TextOf(DateTime moment) => moment.ToString(Form, CultureInfo.InvariantCulture);

    private static bool TryReadMoment(string text, out DateTime moment) =>
        DateTime.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
}
