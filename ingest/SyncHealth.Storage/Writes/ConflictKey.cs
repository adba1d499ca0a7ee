using SyncHealth.Contracts;

namespace SyncHealth.Storage.Writes;

/// <summary>A way in which conflicts of an app go. <see cref="Unreported"/> stands for those that <c>conflicts[]</c> lacks.</summary>
internal readonly record struct ConflictKey(string App, string Entity, ConflictKind Kind, ConflictStrategy Strategy, ConflictWinner Winner)
{
    public static ConflictKey Unreported(string app) => new(app, "", ConflictKind.Unknown, ConflictStrategy.Unknown, ConflictWinner.Unknown);

    public static ConflictKey Of(string app, in ConflictEntry entry) => new(app, entry.Entity, entry.Kind, entry.Strategy, entry.Winner);
}
