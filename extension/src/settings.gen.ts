// Generated from python_helper/propel_helper/settings.py by `npm run gen`. Do not edit.

export const settingDefaults = {
  "helper.python": "",
  "session.backend": "auto",
  "launch.questions": true,
  "notify.success": true,
};
