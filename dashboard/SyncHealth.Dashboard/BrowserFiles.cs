using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.Configuration;

namespace SyncHealth.Dashboard;

/// <summary>Finds the files the browser loads, whichever executable hosts the dashboard and however it was started.</summary>
/// <remarks>
/// A program that runs from its build folder outside Development has no web root: its page comes up and silently never becomes interactive.
/// The manifests that the build put beside the library mend that; published output has a real <c>wwwroot</c> and the executable's own manifest.
/// </remarks>
internal static class BrowserFiles
{
    private const string BlazorScript = "_framework/blazor.web.js";
    private const string Library = "SyncHealth.Dashboard";

    /// <summary>
    /// Whether files are read anew while the program runs, which is the framework's habit outside published output. It would send what the build compressed to a
    /// quarter in full length, packed as gzip without compressing (four times the bytes of a first visit).
    /// </summary>
    private const string ReloadKey = "ReloadStaticAssetsAtRuntime";

    public static void EnsureServed(WebApplication app)
    {
        ((IConfigurationBuilder)app.Configuration).AddInMemoryCollection([new(ReloadKey, bool.FalseString)]);
        if (app.Environment.WebRootFileProvider.GetFileInfo(BlazorScript).Exists)
            return;
        // A configuration of our own: the application's may have no source that can be written to.
        Dictionary<string, string?> settings = new() { [WebHostDefaults.StaticWebAssetsKey] = Beside("runtime") };
        StaticWebAssetsLoader.UseStaticWebAssets(app.Environment, new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }

    /// <summary>The library's own list of endpoints, or null for the executable's, which has them too once published.</summary>
    public static string? EndpointsManifest() => Beside("endpoints");

    /// <summary>The components' own styles: the library's bundle, which goes by another name in the executable's list.</summary>
    public static string Stylesheet => EndpointsManifest() is null ? $"{Library}.bundle.scp.css" : $"{Library}.styles.css";

    private static string? Beside(string kind)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{Library}.staticwebassets.{kind}.json");
        return File.Exists(path) ? path : null;
    }
}
