using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Turns the parts of one LogRecord into an event, whatever they were encoded in.</summary>
internal static class OtlpRecord
{
    private static ReadOnlySpan<byte> ConflictPrefix => "sync.conflict."u8;

    private static ReadOnlySpan<byte> DeferredPrefix => "sync.deferred."u8;

    private static ReadOnlySpan<byte> DroppedPrefix => "sync.dropped."u8;

    public static void SetTime(ref DecodedEvent e, ulong unixNanoseconds)
    {
        if (unixNanoseconds == 0)
            return;
        e.Row.DeviceAt = EventTime.FromNanoseconds(unixNanoseconds);
        e.HasTimestamp = true;
    }

    /// <param name="batch">Receives lists and drops.</param>
    /// <param name="e">The event.</param>
    /// <param name="key">The attribute's name.</param>
    /// <param name="value">The attribute's value.</param>
    /// <param name="items">Reads arrays of this transport.</param>
    public static void SetAttribute(DecodedBatch batch, ref DecodedEvent e, ReadOnlySpan<byte> key, scoped in OtlpValue value, OtlpItemsReader items)
    {
        if (value.Kind == OtlpKind.None)
            return;
        if (key.SequenceEqual("sync.dropped"u8))
            AddDrops(batch, e.Resource, value, items);
        else if (OtlpNames.Record.TryFind(key, out var field))
            SetField(batch, ref e, field, value, items);
        else if (key.StartsWith(ConflictPrefix))
            AddCount(batch, ref e, EventField.Conflicts, key[ConflictPrefix.Length..], value);
        else if (key.StartsWith(DeferredPrefix))
            AddCount(batch, ref e, EventField.Deferred, key[DeferredPrefix.Length..], value);
        else if (key.StartsWith(DroppedPrefix) && value is { Kind: OtlpKind.Whole, Whole: >= 0 })
            batch.AddDrop(e.Resource, new DecodedItem { Reason = batch.Label(key[DroppedPrefix.Length..]), Count = value.Whole });
        else
            batch.Adjustments.UnknownFields++;
    }

    /// <summary>Ends the record: an event of ours, or one that is accepted and not stored.</summary>
    public static void Close(DecodedBatch batch, ref DecodedEvent e, (bool IsStored, SyncType? Type) name)
    {
        batch.CloseEvent(ref e);
        if (!name.IsStored)
        {
            batch.RemoveLastEvent();
            batch.Adjustments.Ignored++;
            return;
        }

        if (name.Type is { } type)
        {
            e.Row.Type = type;
            e.HasType = true;
        }
    }

    private static void SetField(DecodedBatch batch, ref DecodedEvent e, EventField field, scoped in OtlpValue value, OtlpItemsReader items)
    {
        switch (value.Kind)
        {
            case OtlpKind.Text: EventFields.SetText(batch, ref e, field, value.Bytes); break;
            case OtlpKind.Flag: EventFields.SetFlag(ref e, field, value.Flag); break;
            case OtlpKind.Whole: EventFields.SetNumber(batch, ref e, field, value.Whole); break;
            case OtlpKind.Real: EventFields.SetNumber(batch, ref e, field, value.Real); break;
            case OtlpKind.Array when field is EventField.Conflicts or EventField.Failures:
                batch.Lists.Restart(field);
                if (!items(value.Bytes, batch, field))
                    ItemFields.WrongType(ref e, field);
                break;
            default: EventFields.WrongType(ref e, field); break;
        }
    }

    /// <summary>Accounts of losses that say more than a count. One that cannot be read costs the event nothing.</summary>
    private static void AddDrops(DecodedBatch batch, int resource, scoped in OtlpValue value, OtlpItemsReader items)
    {
        if (value.Kind == OtlpKind.Array && items(value.Bytes, batch, EventField.Dropped))
            batch.TakeDrops(resource);
        else
            batch.Adjustments.UnknownValues++;
        batch.Lists.Restart(EventField.Dropped);
    }

    private static void AddCount(DecodedBatch batch, ref DecodedEvent e, EventField list, ReadOnlySpan<byte> name, scoped in OtlpValue value)
    {
        var item = new DecodedItem();
        if (value.Kind != OtlpKind.Whole || !ItemFields.SetNumber(ref item, ItemField.Count, value.Whole))
        {
            ItemFields.WrongType(ref e, list);
            return;
        }

        ItemFields.SetText(batch, ref item, list == EventField.Conflicts ? ItemField.Strategy : ItemField.Reason, name);
        batch.Lists.Add(list, item, ref batch.Adjustments);
    }
}
