using SyncHealth.Storage.Keys;

namespace SyncHealth.Storage.Devices;

/// <summary>What somebody typed to find a device, as the database can be asked: raw ids only as their hashes.</summary>
/// <param name="App">Name of the app.</param>
/// <param name="DeviceKey">The key of a device of this id.</param>
/// <param name="UserKey">The key of a user of this reference.</param>
/// <param name="Keys">Keys that begin with the text; null when it is no beginning of one.</param>
/// <param name="TagName">The tag before <c>=</c> or <c>:</c>; null for any.</param>
/// <param name="TagValue">What a tag's value, or part of a model, is compared with.</param>
public sealed record DeviceSearch(string App, long DeviceKey, long UserKey, (long Low, long High)? Keys, string? TagName, string TagValue)
{
    private static readonly char[] Separators = ['=', ':'];

    /// <summary>Reads what was typed: an app's own device id, a user reference, a key or its beginning, <c>tag=value</c>, a tag's value, part of a model.</summary>
    public static DeviceSearch Of(string app, string text, DeviceKeyHasher hasher)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(hasher);
        text = text.Trim();
        var separator = text.IndexOfAny(Separators);
        return new DeviceSearch(
            app, hasher.DeviceKey(app, text), hasher.UserKey(app, text), DeviceKeyText.Range(text),
            separator > 0 ? text[..separator].Trim() : null, separator > 0 ? text[(separator + 1)..].Trim() : text);
    }
}
