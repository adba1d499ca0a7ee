using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Reads an ExportLogsServiceRequest in protobuf. Field numbers are those of opentelemetry-proto 1.x. Never throws.</summary>
internal static class OtlpProtoDecoder
{
    private static readonly Refusal Malformed = new(400, ReasonCodes.MalformedBody, "The body is not a protobuf ExportLogsServiceRequest.");

    private static readonly Refusal TooMany = new(
        413, ReasonCodes.TooManyEvents, $"A request may hold {EventLimits.MaxEventsPerBatch} log records at most.");

    private static readonly OtlpItemsReader Items = OtlpProtoValues.TryReadItems;

    /// <returns>Null, or why the body cannot be read.</returns>
    public static Refusal? Decode(ReadOnlySpan<byte> body, DecodedBatch batch)
    {
        var request = new ProtoReader(body);
        while (request.Next())
            if (request is { Field: 1, Wire: ProtoWire.Length } && DecodeResourceLogs(request.Bytes, batch) is { } refusal)
                return refusal;
        return request.IsMalformed ? Malformed : null;
    }

    private static Refusal? DecodeResourceLogs(ReadOnlySpan<byte> message, DecodedBatch batch)
    {
        var place = batch.Resources.Count;
        batch.Resources.Add(new DecodedResource());
        var resource = new OtlpResource(batch);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Wire != ProtoWire.Length)
                continue;
            if (reader.Field == 1 && !TryResource(reader.Bytes, resource))
                return Malformed;
            if (reader.Field == 2 && DecodeScopeLogs(reader.Bytes, batch, place) is { } refusal)
                return refusal;
        }

        batch.Resources[place] = resource.Complete();
        return reader.IsMalformed ? Malformed : null;
    }

    private static bool TryResource(ReadOnlySpan<byte> message, OtlpResource resource)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is not { Field: 1, Wire: ProtoWire.Length })
                continue;
            if (!OtlpProtoValues.TryKeyValue(reader.Bytes, out var key, out var value))
                return false;
            resource.Set(key, value);
        }

        return !reader.IsMalformed;
    }

    private static Refusal? DecodeScopeLogs(ReadOnlySpan<byte> message, DecodedBatch batch, int resource)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is not { Field: 2, Wire: ProtoWire.Length })
                continue;
            if (batch.Events.Length == EventLimits.MaxEventsPerBatch)
                return TooMany;
            ref var e = ref batch.AddEvent(resource);
            if (!TryRecord(reader.Bytes, batch, ref e))
                return Malformed;
        }

        return reader.IsMalformed ? Malformed : null;
    }

    private static bool TryRecord(ReadOnlySpan<byte> message, DecodedBatch batch, ref DecodedEvent e)
    {
        var observed = 0UL;
        (bool IsStored, SyncType? Type) name = default;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch ((reader.Field, reader.Wire))
            {
                case (1, ProtoWire.Fixed64):
                    OtlpRecord.SetTime(ref e, reader.Number);
                    break;
                case (6, ProtoWire.Length) when !TryAttribute(reader.Bytes, batch, ref e, ref name):
                    return false;
                case (11, ProtoWire.Fixed64):
                    observed = reader.Number;
                    break;
                case (12, ProtoWire.Length) when OtlpNames.Events.TryFind(reader.Bytes, out var found):
                    name = found;
                    break;
                default:
                    break;
            }
        }

        // A record without its own time has at least the time at which the SDK saw it.
        if (!e.HasTimestamp)
            OtlpRecord.SetTime(ref e, observed);
        OtlpRecord.Close(batch, ref e, name);
        return !reader.IsMalformed;
    }

    private static bool TryAttribute(ReadOnlySpan<byte> message, DecodedBatch batch, ref DecodedEvent e, ref (bool, SyncType?) name)
    {
        if (!OtlpProtoValues.TryKeyValue(message, out var key, out var value))
            return false;
        if (!key.SequenceEqual("event.name"u8))
            OtlpRecord.SetAttribute(batch, ref e, key, value, Items);
        else if (value.Kind == OtlpKind.Text && OtlpNames.Events.TryFind(value.Bytes, out var found))
            name = found;
        return true;
    }
}
