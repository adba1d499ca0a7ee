using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Intake;

/// <summary>Events that the client says it dropped.</summary>
/// <param name="Report">Hash of the account's own name; null where it goes by its batch.</param>
/// <param name="Doubt">Where those that arrived after all would be; null where none can have.</param>
internal readonly record struct DecodedDrop(int Resource, string Reason, long Count, long? Report, DoubtfulRange? Doubt)
{
    public static DecodedDrop Of(int resource, in DecodedItem item) =>
        new(resource, NameLimits.Short(item.Reason), item.Count, item.Report, DoubtOf(item));

    // A range that makes no sense is none: then all of it counts as lost, as the device says.
    private static DoubtfulRange? DoubtOf(in DecodedItem item) => item.FirstSeq > 0 && item.LastSeq >= item.FirstSeq && item.LastAt >= item.FirstAt
        ? new DoubtfulRange(item.FirstSeq, item.LastSeq, EventTime.FromMilliseconds(item.FirstAt), EventTime.FromMilliseconds(item.LastAt))
        : null;
}
