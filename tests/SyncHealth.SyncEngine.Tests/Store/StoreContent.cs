using System.Globalization;
using System.Text;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Tests.Store;

/// <summary>Everything that a store says, as text: two stores that say the same hold the same.</summary>
internal static class StoreContent
{
    /// <summary>Reads everything.</summary>
    /// <param name="store">The store.</param>
    /// <param name="ids">Records to look for: their origins and deleted ones are in no list.</param>
    public static string Of(ILocalStore store, params string[] ids) => store.Read(transaction => Of(transaction, ids));

    private static string Of(IStoreTransaction transaction, string[] ids)
    {
        var text = new StringBuilder();
        foreach (var entity in ids.Select(RecordId.EntityOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            Add(text, $"list of {transaction.Records.Count(entity)}: {string.Join(", ", transaction.Records.List(entity, int.MaxValue, 0))}");
        foreach (var id in ids.Order(StringComparer.Ordinal))
        {
            Add(text, $"{id}: {transaction.Records.Find(id)} from {transaction.Records.FindOrigin(id)} against {transaction.Conflicts.FindHeld(id)}");
            Add(text, $"waiting of {id}: {string.Join(", ", transaction.Outbox.Of(id))}");
        }

        Add(text, $"known: {string.Join(", ", transaction.Records.KnownVersions().OrderBy(static pair => pair.Key, StringComparer.Ordinal))}");
        Add(text, $"open: {string.Join(", ", transaction.Outbox.Open(BatchChoice.All, int.MaxValue))}");
        Add(text, $"{transaction.Outbox.HeldBack(BatchChoice.All)}");
        Add(text, $"sealed: {string.Join(", ", transaction.Outbox.Sealed())}");
        Add(text, $"{transaction.Outbox.Depth()} of {string.Join(", ", transaction.Outbox.Entities().Order(StringComparer.Ordinal))}");
        Add(text, $"log: {string.Join(", ", transaction.Conflicts.Newest(int.MaxValue))}");
        Add(text, $"lost: {string.Join(", ", transaction.Conflicts.Newest(int.MaxValue, isLossOnly: true))}");
        Add(text, $"held: {string.Join(", ", transaction.Conflicts.Held())}");
        Add(text, $"{transaction.State.Read()} after {transaction.State.LastStamp}");
        return text.ToString();
    }

    private static void Add(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
