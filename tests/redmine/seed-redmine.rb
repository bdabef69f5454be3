# What a Redmine needs for LinLi, as docs/operator.md describes it: REST on, a project, a field for our number, and an
# account that is no administrator. Also people of theirs, an issue of theirs, and a workflow that forbids something.
# Writes the keys to the file named as its argument.
require 'json'

# a mail about a new administrator would be written by a thread of its own, and SQLite has one writer
ActiveJob::Base.queue_adapter = :inline

Setting.rest_api_enabled = '1'
Setting.default_language = 'zh'
Redmine::DefaultData::Loader.load('zh')

project = Project.create!(name: '幸福街道', identifier: 'xingfu', is_public: false, trackers: Tracker.all, enabled_module_names: ['issue_tracking'])
IssueCustomField.create!(name: '邻里编号', field_format: 'string', is_for_all: true, is_filter: true, searchable: true, trackers: Tracker.all)
WorkflowTransition.where(tracker: Tracker.find_by!(name: '功能'), new_status: IssueStatus.find_by!(name: '已拒绝')).delete_all

def account(login, name, admin)
  User.create!(login: login, firstname: name, lastname: '账号', mail: "#{login}@example.org", password: SecureRandom.hex(16), language: 'zh', admin: admin, mail_notification: 'none')
end

accounts = { linli: account('linli', '邻里', false), chief: account('chief', '管理', true), clerk: account('clerk', '办事员', false), stranger: account('stranger', '外人', false) }
manager = Role.givable.find_by!(name: '管理人员')
accounts.values_at(:linli, :clerk).each { |user| Member.create!(project: project, user: user, roles: [manager]) }
Issue.create!(project: project, tracker: Tracker.find_by!(name: '支持'), author: accounts[:clerk], subject: '采购办公用纸', priority: IssuePriority.default)

File.write(ARGV.fetch(0), JSON.generate(project: project.identifier, keys: accounts.transform_values(&:api_key)))
