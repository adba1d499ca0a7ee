namespace SyncHealth.Ingest.Otlp;

/// <summary>The wire types of protobuf that OTLP uses.</summary>
internal enum ProtoWire
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}
