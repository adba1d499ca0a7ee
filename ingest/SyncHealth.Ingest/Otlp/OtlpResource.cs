using System.Globalization;
using System.Text;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Intake;

namespace SyncHealth.Ingest.Otlp;

/// <summary>Collects the attributes of one OTLP resource. Where several may name the same thing, the contract's order decides, not theirs.</summary>
internal sealed class OtlpResource(DecodedBatch batch)
{
    private readonly Dictionary<OtlpResourceField, string> _values = [];
    private readonly DecodedResource _decoded = new();
    private List<(string Name, string Value)>? _sdk;

    /// <summary>Says which SDK sent, three attributes that every one adds, first of all: they take what the host's own tags have left of the sixteen places.</summary>
    private static ReadOnlySpan<byte> SdkPrefix => "telemetry.sdk."u8;

    public void Set(ReadOnlySpan<byte> key, scoped in OtlpValue value)
    {
        Span<byte> scratch = stackalloc byte[32];
        if (!TryText(value, scratch, out var text))
        {
            batch.Adjustments.UnknownFields++;
            return;
        }

        if (OtlpNames.Resource.TryFind(key, out var field))
            _values[field] = field switch
            {
                OtlpResourceField.AppVersion or OtlpResourceField.OsVersion => batch.Version(text),
                OtlpResourceField.OsName or OtlpResourceField.OsType or OtlpResourceField.DeviceModel or OtlpResourceField.Environment => batch.Label(text),
                _ => batch.Text(text),
            };
        else if (key.StartsWith(SdkPrefix) && (_sdk?.Count ?? 0) < EventLimits.MaxTags)
            (_sdk ??= []).Add((batch.Label(key, EventLimits.MaxTagLength), batch.Label(text, EventLimits.MaxTagLength)));
        else
            ResourceFields.AddTag(batch, _decoded, key, text);
    }

    public DecodedResource Complete()
    {
        _decoded.App = First(OtlpResourceField.App);
        _decoded.AppVersion = First(OtlpResourceField.AppVersion);
        _decoded.Os = First(OtlpResourceField.OsName, OtlpResourceField.OsType);
        _decoded.OsVersion = First(OtlpResourceField.OsVersion);
        _decoded.DeviceId = First(OtlpResourceField.InstallationId, OtlpResourceField.DeviceId, OtlpResourceField.InstanceId);
        _decoded.DeviceModel = First(OtlpResourceField.DeviceModel);
        _decoded.Environment = First(OtlpResourceField.Environment);
        _decoded.UserRef = First(OtlpResourceField.EndUserId, OtlpResourceField.UserId);
        foreach (var (name, value) in _sdk ?? [])
            ResourceFields.AddTag(batch, _decoded, name, value);
        return _decoded;
    }

    private string? First(params ReadOnlySpan<OtlpResourceField> fields)
    {
        foreach (var field in fields)
            if (_values.TryGetValue(field, out var value) && value.Length > 0)
                return value;
        return null;
    }

    private static bool TryText(scoped in OtlpValue value, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        var length = 0;
        var holds = value.Kind switch
        {
            OtlpKind.Text => true,
            OtlpKind.Whole => value.Whole.TryFormat(scratch, out length, provider: CultureInfo.InvariantCulture),
            OtlpKind.Real => value.Real.TryFormat(scratch, out length, provider: CultureInfo.InvariantCulture),
            OtlpKind.Flag => Encoding.UTF8.TryGetBytes(value.Flag ? "true" : "false", scratch, out length),
            _ => false,
        };
        text = value.Kind == OtlpKind.Text ? value.Bytes : scratch[..length];
        return holds;
    }
}
